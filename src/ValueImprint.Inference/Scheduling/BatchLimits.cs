namespace ValueImprint.Inference.Scheduling;

/// <summary>How large a batch may become.</summary>
/// <param name="Texts">Most rows, from 1.</param>
/// <param name="Tokens">Most tokens, rows times padded length; a single row may exceed it.</param>
/// <param name="MaxTokens">The model's limit for one row.</param>
internal readonly record struct BatchLimits(int Texts, int Tokens, int MaxTokens)
{
    /// <summary>Rows of a padded length that a batch may hold, at least one.</summary>
    public int RowsOf(int paddedLength) => Math.Clamp(Tokens / paddedLength, 1, Texts);
}

/// <summary>
/// The length that a text's row is filled up to. It depends on the text alone, and a batch holds rows of one such length only, so that
/// a text meets the same shapes, and gets the same numbers, in whatever company it runs.
/// </summary>
internal static class PaddedLength
{
    /// <summary>Whole vectors of the CPU's kernels; costs under 4 tokens a text on average.</summary>
    public const int Step = 8;

    /// <param name="tokens">Kept tokens, from 1.</param>
    /// <param name="most">The model's own limit, which need not be a multiple of <see cref="Step"/>.</param>
    public static int Of(int tokens, int most) => Math.Min((tokens + Step - 1) / Step * Step, most);
}
