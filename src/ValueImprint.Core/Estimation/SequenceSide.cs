namespace ValueImprint.Core.Estimation;

/// <summary>Where a <see cref="ConfidenceSequence"/> lies.</summary>
public enum SequenceSide
{
    /// <summary>Still on both sides of a border.</summary>
    Open,

    /// <summary>Wholly below the lower border.</summary>
    Below,

    /// <summary>Wholly above the upper border.</summary>
    Above,
}
