using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Datasets;

namespace ValueImprint.Tool.Auditing;

/// <summary>How an imprint is named when nobody names it.</summary>
internal static class ImprintName
{
    private static readonly string[] _extensions = [".gz", ".zst", ".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".txt", ".parquet"];

    /// <summary><c>data/train.jsonl.gz</c> gives <c>train.imprint.json</c>, in the current folder.</summary>
    public static string For(DatasetSource source)
    {
        var name = source.Name == DatasetSource.StandardInputName ? "stdin" : Path.GetFileName(source.Name);
        while (_extensions.FirstOrDefault(extension => name.Length > extension.Length && name.EndsWith(extension, StringComparison.OrdinalIgnoreCase)) is { } found)
        {
            name = name[..^found.Length];
        }

        return name + ImprintFormat.FileExtension;
    }
}
