using ValueImprint.Core.Estimation;

namespace ValueImprint.Core.Tests.Estimation;

public sealed class StandardNormalTests
{
    // Standard tables of the normal distribution.
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.84134474606854293, 1)]
    [InlineData(0.95, 1.6448536269514722)]
    [InlineData(0.975, 1.9599639845400545)]
    [InlineData(0.995, 2.5758293035489004)]
    [InlineData(0.0013498980316300933, -3)]
    public void Quantile_KnownPoints_AgreesToElevenDigits(double probability, double expected)
    {
        Assert.Equal(expected, StandardNormal.Quantile(probability), 1e-11);
        Assert.Equal(probability, StandardNormal.Cumulative(expected), 1e-14);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(0)]
    [InlineData(1)]
    public void Quantile_OutOfRange_Throws(double probability) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StandardNormal.Quantile(probability));

    [Theory]
    [InlineData("95%", 0.95)]
    [InlineData("0.99", 0.99)]
    [InlineData("99.9 %", 0.999)]
    public void TryParse_Level_ReadsInvariantNumbers(string text, double expected)
    {
        Assert.True(ConfidenceLevel.TryParse(text, out var level));
        Assert.Equal(expected, level.Level);
    }

    [Theory]
    [InlineData("95")]
    [InlineData("49%")]
    [InlineData("100%")]
    [InlineData("0,95")]
    [InlineData("NaN")]
    [InlineData("")]
    public void TryParse_NoLevel_IsRefused(string text) => Assert.False(ConfidenceLevel.TryParse(text, out _));

    [Fact]
    public void Level_Unset_IsNinetyFivePercent()
    {
        ConfidenceLevel level = default;

        Assert.Equal(ConfidenceLevel.Default.Quantile, level.Quantile);
        Assert.Equal("95 %", level.ToString());
    }
}
