using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Datasets.Tests;

public sealed class SourceExpansionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Expand_Folder_TakesDatasetFilesSortedAndLeavesCompanionsOut()
    {
        string[] taken = ["B.jsonl", "a.csv.gz", "deep/er/x.tsv.zst", "deep/y.json", "z.parquet"];
        string[] left = ["README.txt", "LICENSE.txt", "dataset_infos.json", "a.imprint.json", ".cache/c.jsonl", ".d.jsonl", "e.bin", "f.md"];
        foreach (var name in taken.Concat(left))
        {
            _folder.Write(name, "");
        }

        Assert.Equal(taken, Expand(_folder.Root));
    }

    [Theory]
    [InlineData("*.jsonl", "a.jsonl", "b.jsonl")]
    [InlineData("?.jsonl", "a.jsonl", "b.jsonl")]
    [InlineData("**/*.jsonl", "a.jsonl", "b.jsonl", "deep/a.jsonl", "deep/er/c.jsonl")]
    [InlineData("deep/**", "deep/a.jsonl", "deep/er/c.jsonl", "deep/er/d.csv")]
    [InlineData("deep/*/c.jsonl", "deep/er/c.jsonl")]
    [InlineData("**/er/*", "deep/er/c.jsonl", "deep/er/d.csv")]
    [InlineData("d*/**/c.*", "deep/er/c.jsonl")]
    [InlineData(".h*/*.jsonl", ".hidden/e.jsonl")]
    public void Expand_Pattern_MatchesAsAShellDoes(string pattern, params string[] expected)
    {
        foreach (var name in new[] { "b.jsonl", "a.jsonl", "deep/a.jsonl", "deep/er/c.jsonl", "deep/er/d.csv", ".hidden/e.jsonl" })
        {
            _folder.Write(name, "");
        }

        Assert.Equal(expected, Expand(Path.Combine(_folder.Root, pattern)));
    }

    [Fact]
    public void Expand_LinkInACircle_Ends()
    {
        _folder.Write("deep/a.jsonl", "");
        Directory.CreateSymbolicLink(Path.Combine(_folder.Root, "deep", "round"), _folder.Root);

        Assert.Equal(["deep/a.jsonl"], Expand(Path.Combine(_folder.Root, "**", "*.jsonl")));
        Assert.Equal(["deep/a.jsonl"], Expand(_folder.Root));
    }

    [Fact]
    public void Expand_FileNamedTwice_IsListedOnce()
    {
        var path = _folder.Write("a.jsonl", "");

        Assert.Equal(["a.jsonl"], Expand(path, _folder.Root, Path.Combine(_folder.Root, "*.jsonl")));
    }

    [Fact]
    public void Expand_NameWithAStar_IsTakenAsItStands()
    {
        var path = _folder.Write("a[1]*.jsonl", "");
        _folder.Write("a[1]b.jsonl", "");

        Assert.Equal(["a[1]*.jsonl"], Expand(path));
    }

    [Fact]
    public void Expand_Dash_IsStandardInput()
    {
        var source = Assert.Single(DatasetSource.Expand(["-", "-"]));

        Assert.Equal("-", source.Name);
    }

    [Theory]
    [InlineData("missing.jsonl", "no such file or folder")]
    [InlineData("*.csv", "the pattern matches no file")]
    [InlineData("missing/**/*.csv", "the pattern matches no file")]
    [InlineData("empty", "the folder holds no dataset file; known extensions are .jsonl, .ndjson, .json, .csv, .tsv, .txt, .parquet, each but .parquet also with .gz or .zst")]
    public void Expand_NothingThere_SaysSo(string argument, string expected)
    {
        Directory.CreateDirectory(Path.Combine(_folder.Root, "empty"));

        var exception = Assert.Throws<DatasetException>(() => Expand(Path.Combine(_folder.Root, argument)));

        Assert.Equal(DatasetProblem.NotFound, exception.Problem);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_FileGoneSince_SaysSo()
    {
        var exception = await Assert.ThrowsAsync<DatasetException>(
            () => ReadResult.OfFileAsync(Path.Combine(_folder.Root, "gone.jsonl")));

        Assert.Equal(DatasetProblem.NotFound, exception.Problem);
    }

    [Fact]
    public async Task OpenAsync_Folder_IsNoFile()
    {
        var exception = await Assert.ThrowsAsync<DatasetException>(() => ReadResult.OfFileAsync(_folder.Root));

        Assert.Equal(DatasetProblem.Unreadable, exception.Problem);
    }

    private IEnumerable<string> Expand(params string[] arguments) =>
        DatasetSource.Expand(arguments).Select(source => Path.GetRelativePath(_folder.Root, source.Name));
}
