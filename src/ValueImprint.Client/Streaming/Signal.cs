namespace ValueImprint.Client.Streaming;

/// <summary>Wakes whoever waits for a change of state that a lock guards. Used under that lock; costs nothing while nobody waits.</summary>
internal sealed class Signal
{
    private TaskCompletionSource? _waiting;

    /// <summary>Ends at the next <see cref="Raise"/>; wait outside the lock, then look again.</summary>
    public Task Next => (_waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Raise()
    {
        _waiting?.SetResult();
        _waiting = null;
    }
}
