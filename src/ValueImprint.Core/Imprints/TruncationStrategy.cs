namespace ValueImprint.Core.Imprints;

/// <summary>What a model sees of a text that is too long for it.</summary>
public enum TruncationStrategy
{
    /// <summary>The beginning.</summary>
    Head,

    /// <summary>The end.</summary>
    Tail,

    /// <summary>The beginning and the end, without the middle.</summary>
    HeadTail,
}
