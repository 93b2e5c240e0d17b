using ValueImprint.Server.Configuration;

namespace ValueImprint.Server.Tests.Configuration;

public sealed class DurationTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("500ms", 500)]
    [InlineData("30s", 30_000)]
    [InlineData("1.5s", 1500)]
    [InlineData("10m", 600_000)]
    [InlineData("2h", 7_200_000)]
    [InlineData("1d", 86_400_000)]
    [InlineData("00:01:30", 90_000)]
    [InlineData("1:00:00", 3_600_000)]
    public void TryParse_Durations_AreUnderstood(string text, double milliseconds)
    {
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal(milliseconds, duration.TotalMilliseconds);
    }

    [Theory]
    [InlineData("10")]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("-5s")]
    [InlineData("1,5s")]
    [InlineData("NaNs")]
    [InlineData("1e99d")]
    [InlineData("10 minutes")]
    public void TryParse_AnythingElse_IsRefused(string text) => Assert.False(Duration.TryParse(text, out _));

    [Fact]
    public void Format_WhatItWrote_IsReadBack()
    {
        var random = new Random(Environment.TickCount);
        for (var i = 0; i < 1000; i++)
        {
            var duration = TimeSpan.FromMilliseconds(random.Next(1, int.MaxValue));

            Assert.True(Duration.TryParse(Duration.Format(duration), out var read), $"{duration}");
            Assert.Equal(duration, read);
        }
    }
}
