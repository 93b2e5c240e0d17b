using System.Globalization;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Client.Auditing.Checkpoints;

/// <summary>The options that decide what is counted, by name. Those that don't, such as window and batches, may differ when an audit goes on.</summary>
internal static class AuditConditions
{
    public static IReadOnlyDictionary<string, string> Of(AuditOptions options) => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["the tool"] = options.Tool ?? "",
        ["the layout"] = options.Reading.Layout?.ToString() ?? "as found",
        ["the format"] = options.Reading.Format?.ToString() ?? "as found",
        ["the scope"] = options.Reading.Scope?.ToString() ?? "the layout's",
        ["the longest row"] = options.Reading.MaxRowBytes.ToString(CultureInfo.InvariantCulture),
        ["the longest text"] = options.Stream.MaxTextBytes.ToString(CultureInfo.InvariantCulture),
        ["what is done with duplicates"] = options.SkipDuplicates ? $"left out if {options.DuplicateLikeness}" : "counted",
        ["what is done with near-duplicates"] = options.SkipNearDuplicates ? "left out" : "counted",
        ["the shard"] = options.Shard?.ToString() ?? "all rows",
        ["what is written of each text"] = options.Checkpoint?.Results is null ? "nothing" : options.IncludeText ? "result and text" : "result",
    };
}
