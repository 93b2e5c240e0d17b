using ValueImprint.Inference.Execution;

namespace ValueImprint.Inference.Tests.Execution;

public sealed class ScoreBlocksTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1024)]
    [InlineData(5000)]
    public void Next_ManyTexts_GivesEachMemoryOfItsOwn(int scores)
    {
        var sut = new ScoreBlocks(scores);

        var pieces = Enumerable.Range(0, 3000 / scores + 3).Select(index =>
        {
            var piece = sut.Next();
            Assert.All(piece.ToArray(), static score => Assert.Equal(0, score));
            piece.Span.Fill(index);
            return piece;
        }).ToArray();

        Assert.All(pieces.Index(), piece => Assert.Equal(Enumerable.Repeat((float)piece.Index, scores), piece.Item.ToArray()));
    }
}
