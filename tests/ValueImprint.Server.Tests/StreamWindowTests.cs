using ValueImprint.Server.Services;
using ValueImprint.Server.Tests.Support;

namespace ValueImprint.Server.Tests;

public sealed class StreamWindowTests
{
    [Fact]
    public async Task EnterAsync_RowsOrBytesUsedUp_WaitsForLeave()
    {
        var window = new StreamWindow(maxRows: 3, maxBytes: 100);
        await window.EnterAsync(60, default);
        var second = window.EnterAsync(60, default).AsTask();
        Assert.False(second.IsCompleted, "120 of 100 bytes");

        window.Leave(1, 60);
        await second.Time();
        await window.EnterAsync(1, default);
        await window.EnterAsync(1, default);
        var fourth = window.EnterAsync(1, default).AsTask();
        Assert.False(fourth.IsCompleted, "4 of 3 rows");

        window.Leave(2, 61);
        await fourth.Time();
    }

    [Fact]
    public async Task EnterAsync_RowAboveAllBytes_PassesAlone()
    {
        var window = new StreamWindow(maxRows: 3, maxBytes: 100);

        await window.EnterAsync(1000, default);
        var next = window.EnterAsync(0, default).AsTask();

        Assert.False(next.IsCompleted);
        window.Leave(1, 1000);
        await next.Time();
    }

    [Fact]
    public async Task EnterAsync_Cancelled_Ends()
    {
        var window = new StreamWindow(maxRows: 1, maxBytes: 1);
        await window.EnterAsync(1, default);
        using var cancel = new CancellationTokenSource();
        var waiting = window.EnterAsync(1, cancel.Token).AsTask();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.Time());
    }
}
