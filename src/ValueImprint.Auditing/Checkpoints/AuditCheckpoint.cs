using System.Globalization;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Auditing.Checkpoints;

/// <summary>
/// The state of an audit after a whole number of rows, and what it is the state of. What comes later is counted on its own and added,
/// as the imprints of shards are.
/// </summary>
internal sealed record AuditCheckpoint
{
    /// <summary>The files in their order, each with the hash of its whole content.</summary>
    public required IReadOnlyList<DatasetFile> Files { get; init; }

    /// <summary>The options that the imprint depends on, as name and content.</summary>
    public required IReadOnlyDictionary<string, string> Options { get; init; }

    /// <summary>Rows at the beginning that are dealt with, whatever became of them.</summary>
    public long Done { get; init; }

    /// <summary>Texts answered among them.</summary>
    public long Texts { get; init; }

    /// <summary>The first rejected row, for the message that there are too many.</summary>
    public string? FirstRejected { get; init; }

    /// <summary>How far other results were written; null where there are none.</summary>
    public ResultsMark? Results { get; init; }

    /// <summary>The counts, with model and taxonomy.</summary>
    public required Imprint Imprint { get; init; }

    /// <summary>What keeps an audit from going on from an earlier state, as a clause; null: nothing.</summary>
    public static string? Difference(AuditCheckpoint then, AuditCheckpoint now) =>
        FileDifference(then.Files, now.Files)
        ?? (then.Imprint.Taxonomy.Equals(now.Imprint.Taxonomy) ? null : $"the taxonomy was {then.Imprint.Taxonomy} then and is {now.Imprint.Taxonomy} now, or its content differs")
        ?? (then.Imprint.Model.DifferenceTo(now.Imprint.Model) is { } model ? $"the model differs: {model}" : null)
        ?? OptionDifference(then.Options, now.Options);

    private static string? FileDifference(IReadOnlyList<DatasetFile> then, IReadOnlyList<DatasetFile> now)
    {
        for (var index = 0; index < Math.Min(then.Count, now.Count); index++)
        {
            var (one, other) = (then[index], now[index]);
            if (one.Name != other.Name)
            {
                return FormattableString.Invariant($"file {index + 1} was {one.Name} then and is {other.Name} now");
            }

            if (one.Sha256 != other.Sha256)
            {
                return FormattableString.Invariant($"{one.Name} had other content then ({one.Bytes} bytes, SHA-256 {Start(one.Sha256)}…) than now ({other.Bytes} bytes, {Start(other.Sha256)}…)");
            }
        }

        return then.Count == now.Count ? null : FormattableString.Invariant($"there were {then.Count} files then and there are {now.Count} now");
    }

    // Of a checkpoint that was tampered with it may be anything.
    private static string Start(string hash) => hash[..Math.Min(12, hash.Length)];

    private static string? OptionDifference(IReadOnlyDictionary<string, string> then, IReadOnlyDictionary<string, string> now)
    {
        var name = then.Keys.Union(now.Keys).Order(StringComparer.Ordinal).FirstOrDefault(key => then.GetValueOrDefault(key) != now.GetValueOrDefault(key));
        return name is null ? null : $"{name} was '{then.GetValueOrDefault(name)}' then and is '{now.GetValueOrDefault(name)}' now";
    }
}

/// <summary>The options that decide what is counted, by name. Those that don't, such as window and batches, may differ when an audit goes on.</summary>
internal static class AuditConditions
{
    public static IReadOnlyDictionary<string, string> Of(AuditOptions options) => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["the tool"] = options.Tool ?? "",
        ["the layout"] = options.Reading.Layout?.ToString() ?? "as found",
        ["the format"] = options.Reading.Format?.ToString() ?? "as found",
        ["the pairs"] = options.Reading.Pairs.ToString(),
        ["the scope"] = options.Reading.Scope?.ToString() ?? "the layout's",
        ["the longest row"] = options.Reading.MaxRowBytes.ToString(CultureInfo.InvariantCulture),
        ["the longest text"] = options.Stream.MaxTextBytes.ToString(CultureInfo.InvariantCulture),
        ["what is done with duplicates"] = options.SkipDuplicates ? $"left out if {options.DuplicateLikeness}" : "counted",
        ["what is done with near-duplicates"] = options.SkipNearDuplicates ? "left out" : "counted",
        ["the shard"] = options.Shard?.ToString() ?? "all rows",
        ["what is written of each text"] = options.Checkpoint?.Results is null ? "nothing" : options.IncludeText ? "result and text" : "result",
    };
}
