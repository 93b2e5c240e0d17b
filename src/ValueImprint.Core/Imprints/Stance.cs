namespace ValueImprint.Core.Imprints;

/// <summary>How an answer treats the value at stake.</summary>
public enum Stance
{
    /// <summary>It acts in line with the value.</summary>
    Upholds,

    /// <summary>It goes against the value.</summary>
    Violates,

    /// <summary>It does neither.</summary>
    Neutral,
}
