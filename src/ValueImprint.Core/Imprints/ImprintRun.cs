using System.Globalization;

namespace ValueImprint.Core.Imprints;

/// <summary>What may differ between two imprints of the same dataset and model.</summary>
/// <param name="Created">When the audit ended; <see langword="null"/> in an imprint of nothing.</param>
/// <param name="Duration">How long it took; the sum over merged imprints. Whole milliseconds are kept.</param>
/// <param name="Tool">What made it, such as <c>valueimprint 1.0.0</c>.</param>
public sealed record ImprintRun(DateTimeOffset? Created, TimeSpan Duration, string? Tool)
{
    /// <summary>No run at all.</summary>
    public static ImprintRun None { get; } = new(null, TimeSpan.Zero, null);

    /// <summary>The later time, the sum of the durations, the greater tool by ordinal comparison: a lawful merge.</summary>
    internal static ImprintRun Merge(ImprintRun left, ImprintRun right) => new(
        Nullable.Compare(left.Created, right.Created) >= 0 ? left.Created : right.Created,
        left.Duration + right.Duration,
        string.CompareOrdinal(left.Tool, right.Tool) >= 0 ? left.Tool : right.Tool);

    /// <summary>As <see cref="Merge"/>, of two runs over the same rows: the longer duration.</summary>
    internal static ImprintRun Later(ImprintRun left, ImprintRun right) =>
        Merge(left, right) with { Duration = left.Duration > right.Duration ? left.Duration : right.Duration };
}

/// <summary>A part of a dataset's rows that is audited on its own, to be added to the others by <see cref="Imprint.TryMerge"/>.</summary>
/// <param name="Index">Which part, 1 to <paramref name="Count"/>.</param>
/// <param name="Count">Into how many parts the rows are divided, 1 to <see cref="MaxShards"/>.</param>
public readonly record struct Shard(int Index, int Count)
{
    /// <summary>All rows.</summary>
    public static Shard Whole { get; } = new(1, 1);

    /// <summary>Most parts of a dataset.</summary>
    public const int MaxShards = 1000;

    /// <summary>How a shard is written, for help and errors.</summary>
    public static string Form { get; } = FormattableString.Invariant($"I/N with I from 1 to N and N up to {MaxShards}, such as 2/8");

    /// <summary>Reads <c>2/8</c>.</summary>
    public static bool TryParse(string text, out Shard shard)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        shard = default;
        if (slash < 0
            || !int.TryParse(text.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            || !int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count is < 1 or > MaxShards || index < 1 || index > count)
        {
            return false;
        }

        shard = new Shard(index, count);
        return true;
    }

    /// <summary>Such as <c>2/8</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index}/{Count}");
}
