using System.Globalization;

namespace ValueImprint.Core.Imprints;

/// <summary>A part of a dataset's rows that is audited on its own, to be added to the others by <see cref="Imprint.TryMerge"/>.</summary>
/// <param name="Index">Which part, 1 to <paramref name="Count"/>.</param>
/// <param name="Count">Into how many parts the rows are divided, 1 to <see cref="MostShards"/>.</param>
public readonly record struct Shard(int Index, int Count)
{
    /// <summary>Most parts of a dataset.</summary>
    public const int MostShards = 1000;

    /// <summary>How a shard is written, for help and errors.</summary>
    public static string Form { get; } = FormattableString.Invariant($"I/N with I from 1 to N and N up to {MostShards}, such as 2/8");

    /// <summary>By count, then by index.</summary>
    internal static Comparer<Shard> Order { get; } = Comparer<Shard>.Create(static (left, right) =>
        left.Count != right.Count ? left.Count.CompareTo(right.Count) : left.Index.CompareTo(right.Index));

    /// <summary>Reads <c>2/8</c>.</summary>
    public static bool TryParse(string text, out Shard shard)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        shard = default;
        if (slash < 0
            || !int.TryParse(text.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            || !int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count is < 1 or > MostShards || index < 1 || index > count)
        {
            return false;
        }

        shard = new Shard(index, count);
        return true;
    }

    /// <summary>Such as <c>2/8</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index}/{Count}");
}
