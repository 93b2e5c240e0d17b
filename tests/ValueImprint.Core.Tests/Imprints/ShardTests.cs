using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Tests.Imprints;

public sealed class ShardTests
{
    [Theory]
    [InlineData("1/1", 1, 1)]
    [InlineData("2/8", 2, 8)]
    [InlineData("1000/1000", 1000, 1000)]
    public void TryParse_Shard_IsRead(string text, int index, int count)
    {
        Assert.True(Shard.TryParse(text, out var shard));
        Assert.Equal(new Shard(index, count), shard);
        Assert.Equal(text, shard.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("0/4")]
    [InlineData("5/4")]
    [InlineData("-1/4")]
    [InlineData("1/0")]
    [InlineData("1/1001")]
    [InlineData("1/4/4")]
    [InlineData("1,0/4")]
    public void TryParse_NoShard_IsRefused(string text) => Assert.False(Shard.TryParse(text, out _));

    [Fact]
    public void TryMerge_DifferentShards_KeepsWhichTheyWere()
    {
        var merged = Merge(Merge(Of(new Shard(3, 3)), Of(new Shard(1, 3))), Of(new Shard(2, 3)));

        Assert.Equal([new Shard(1, 3), new Shard(2, 3), new Shard(3, 3)], merged.Run.Shards);
    }

    [Theory]
    [InlineData("1/3", "1/3")]
    [InlineData("1/3", "2/4")]
    [InlineData("1/3", null)]
    [InlineData(null, "1/3")]
    public void TryMerge_RowsThatBothHave_IsRefused(string? one, string? other)
    {
        Assert.False(Imprint.TryMerge(Of(Parse(one)), Of(Parse(other)), out _, out var problem));

        Assert.Contains("Rows of 'pairs.jsonl' would be counted twice", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void TryMerge_ShardsOfDifferentFiles_AreAdded()
    {
        var other = new ImprintBuilder(SampleImprints.Model, SampleImprints.Seven);
        other.AddFile("other.jsonl", 5, new string('e', 64));

        var merged = Merge(Of(new Shard(1, 3)), other.Build(SampleImprints.Run with { Shards = [new Shard(1, 3)] }));

        Assert.Equal([new Shard(1, 3)], merged.Run.Shards);
    }

    [Fact]
    public void TryRead_Shards_AreWhatWasWritten()
    {
        var written = ImprintWriter.ToBytes(Merge(Of(new Shard(1, 2)), Of(new Shard(2, 2))));

        Assert.True(ImprintReader.TryRead(new MemoryStream(written), "a", out var read, out _));
        Assert.Equal([new Shard(1, 2), new Shard(2, 2)], read.Run.Shards);
        Assert.Equal(written, ImprintWriter.ToBytes(read));
    }

    [Fact]
    public void TryRead_NoShard_IsRefused()
    {
        var text = System.Text.Encoding.UTF8.GetString(ImprintWriter.ToBytes(Of(new Shard(1, 2)))).Replace("1/2", "3/2", StringComparison.Ordinal);

        Assert.False(ImprintReader.TryRead(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), "a", out _, out var diagnostics));
        Assert.Contains("is not a shard", diagnostics[0].Message, StringComparison.Ordinal);
    }

    private static Shard? Parse(string? text) => text is not null && Shard.TryParse(text, out var shard) ? shard : null;

    private static Imprint Of(Shard? shard) => SampleImprints.Of(1, 2).WithRun(SampleImprints.Run with { Shards = shard is { } one ? [one] : [] });

    private static Imprint Merge(Imprint left, Imprint right)
    {
        Assert.True(Imprint.TryMerge(left, right, out var merged, out var problem), problem);
        return merged;
    }
}
