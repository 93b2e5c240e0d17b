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
}
