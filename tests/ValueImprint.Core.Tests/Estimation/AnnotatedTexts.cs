using System.IO.Compression;
using System.Text.Json;

namespace ValueImprint.Core.Tests.Estimation;

/// <summary>The annotated texts beside the repository, as hashed n-grams; the texts themselves are not kept.</summary>
internal static class AnnotatedTexts
{
    public const int Features = 1 << 18;

    private const int LongestText = 2500;

    public static string? Folder()
    {
        var data = Environment.GetEnvironmentVariable("VALUEIMPRINT_DATA")
            ?? RepositoryRoot.File("../shared/data");
        var folder = Path.Combine(data, "annotations");
        return Directory.Exists(folder) ? folder : null;
    }

    public static IReadOnlyList<AnnotatedText> Read(string folder)
    {
        var labels = File.ReadLines(Path.Combine(folder, "train.tsv")).Skip(1).Select(static line => line.Split('\t'))
            .ToDictionary(static fields => fields[0], static fields => (Source: fields[1], Selection: fields[2], Value: IndexOf(fields[3])));
        var texts = new List<AnnotatedText>();
        using var reader = new StreamReader(
            new GZipStream(File.OpenRead(Path.Combine(folder, "train.texts.jsonl.gz")), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            using var row = JsonDocument.Parse(line);
            var id = row.RootElement.GetProperty("id").GetString() ?? "";
            var text = row.RootElement.GetProperty("text").GetString() ?? "";
            var (source, selection, value) = labels[id];
            // Rows of one dialogue share the id up to '#'; they stay in one fold.
            texts.Add(new AnnotatedText((int)(Hash(id.Split('#')[0]) % 5), value, source, selection == "random", Hashed(text)));
        }

        return texts;
    }

    private static int IndexOf(string value)
    {
        Assert.True(SampleImprints.Seven.TryFind(value, out var index), "The annotations name a value that the taxonomy does not have.");
        return index;
    }

    private static int[] Hashed(string text)
    {
        var kept = text.Length > LongestText ? text[..(LongestText / 2)] + text[^(LongestText / 2)..] : text;
        var words = kept.ToLowerInvariant().Split([' ', '\n', '\t', '.', ',', '"', '(', ')', '/'], StringSplitOptions.RemoveEmptyEntries);
        var pairs = words.Zip(words.Skip(1)).Select(static pair => $"{pair.First} {pair.Second}");
        return [.. words.Concat(pairs).Select(static gram => (int)(Hash(gram) % Features)).Distinct()];
    }

    // FNV-1a: the same in every process, which string.GetHashCode is not.
    private static uint Hash(string text)
    {
        var hash = 2166136261;
        foreach (var character in text)
        {
            hash = (hash ^ character) * 16777619;
        }

        return hash;
    }
}
