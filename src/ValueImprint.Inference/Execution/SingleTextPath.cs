using ValueImprint.Inference.Scheduling;

namespace ValueImprint.Inference.Execution;

/// <summary>
/// Runs a text on its caller's thread while the engine has nothing else to do. The way to a dispatcher and back, two threads that have to
/// wake up, is a good part of what a small model's lone call costs.
/// </summary>
/// <param name="runner">Runs it; nobody else's.</param>
/// <param name="scheduler">Knows what else is in the engine.</param>
internal sealed class SingleTextPath(BatchRunner runner, BatchScheduler scheduler)
{
    private int _isBusy;

    /// <summary>Runs an encoded text that has its place and is not queued.</summary>
    /// <returns><see langword="false"/>, at once, where there is any other text in the engine: this one has to be queued.</returns>
    public bool TryRun(PendingText text)
    {
        if (Interlocked.Exchange(ref _isBusy, 1) != 0)
        {
            return false;
        }

        try
        {
            if (!scheduler.IsAlone(text))
            {
                return false;
            }

            runner.Run(new TextBatch([text], PaddedLength.Of(text.Kept, scheduler.Limits.MaxTokens)));
            return true;
        }
        finally
        {
            Volatile.Write(ref _isBusy, 0);
        }
    }
}
