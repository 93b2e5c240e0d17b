namespace ValueImprint.Server.Services;

/// <summary>The reading and the writing side of a stream: run together, end together.</summary>
internal static class StreamSides
{
    /// <summary>
    /// Runs both sides; the first that fails cancels the other one and is what the caller sees. The writing side ends by itself once
    /// the reading side has.
    /// </summary>
    public static async Task RunAsync(
        Func<CancellationToken, Task> read, Func<CancellationToken, Task> write, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Exception? first = null;
        await Task.WhenAll(GuardAsync(read), GuardAsync(write));
        if (first is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
        }

        async Task GuardAsync(Func<CancellationToken, Task> side)
        {
            try
            {
                await side(either.Token);
            }
            catch (Exception fault)
            {
                // The other side's cancellation is a consequence, never the cause.
                Interlocked.CompareExchange(ref first, fault, null);
                await either.CancelAsync();
            }
        }
    }
}
