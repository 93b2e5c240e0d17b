using System.IO.Compression;
using System.Text.Json;

namespace ValueImprint.Inference.Tests.Support;

/// <summary>Files that tests read: those in the repository's tests/fixtures, and real dialogues, which are no part of the repository.</summary>
internal static class Fixture
{
    public static string Path(string relative) => RepositoryRoot.File($"tests/fixtures/{relative}");

    /// <summary>The objects of a file of JSON lines; a test of none would prove nothing.</summary>
    public static IReadOnlyList<ExpectedText> Texts(string relative)
    {
        var texts = File.ReadLines(Path(relative)).Select(static line => JsonSerializer.Deserialize<ExpectedText>(line, JsonSerializerOptions.Web)!).ToArray();
        Assert.NotEmpty(texts);
        return texts;
    }

    /// <summary>The chosen sides of the first hh-rlhf pairs; a test that wants them is skipped without.</summary>
    public static IEnumerable<string> Dialogues(int most)
    {
        var folder = System.IO.Path.Combine(Environment.GetEnvironmentVariable("VALUEIMPRINT_DATA") ?? RepositoryRoot.File("../shared/data"), "hh-rlhf");
        Assert.SkipUnless(Directory.Exists(folder), "There are no dialogues in hh-rlhf; set VALUEIMPRINT_DATA to the folder that holds it.");
        return Directory.GetFiles(folder, "*.gz").Order(StringComparer.Ordinal).SelectMany(Read).Take(most);
    }

    private static IEnumerable<string> Read(string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            using var row = JsonDocument.Parse(line);
            yield return row.RootElement.GetProperty("chosen").GetString()!.Trim();
        }
    }
}

/// <summary>What Python makes of a text.</summary>
/// <param name="Text">The text.</param>
/// <param name="Ids">Its tokens.</param>
/// <param name="Logits">PyTorch's, where the fixture is one of a model.</param>
internal sealed record ExpectedText(string Text, int[] Ids, float[]? Logits);
