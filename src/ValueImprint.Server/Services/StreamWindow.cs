namespace ValueImprint.Server.Services;

/// <summary>
/// How much of one stream is between being read and being answered: so many rows, and so many bytes, but always at least one row. One
/// side enters, the other one leaves.
/// </summary>
internal sealed class StreamWindow(int mostRows, long mostBytes)
{
    private readonly Lock _lock = new();
    private int _rows;
    private long _bytes;
    private long _wanted;
    private TaskCompletionSource? _waiting;

    /// <summary>Takes room for a row, and waits for it if need be. Not to be called again after it was cancelled.</summary>
    public ValueTask EnterAsync(long bytes, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (TryTake(bytes))
            {
                return ValueTask.CompletedTask;
            }

            _wanted = bytes;
            _waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return new ValueTask(_waiting.Task.WaitAsync(cancellation));
        }
    }

    /// <summary>Gives the room of answered rows back.</summary>
    public void Leave(int rows, long bytes)
    {
        lock (_lock)
        {
            _rows -= rows;
            _bytes -= bytes;
            if (_waiting is not null && TryTake(_wanted))
            {
                _waiting.SetResult();
                _waiting = null;
            }
        }
    }

    private bool TryTake(long bytes)
    {
        if (_rows > 0 && (_rows == mostRows || _bytes + bytes > mostBytes))
        {
            return false;
        }

        _rows++;
        _bytes += bytes;
        return true;
    }
}
