namespace ValueImprint.Server.Services;

/// <summary>How often a message may be logged that a stranger can cause: a few times at once, then once in a while, with how many were left out.</summary>
internal sealed class LogBudget(TimeProvider time)
{
    private const int Capacity = 10;

    private static readonly TimeSpan Refill = TimeSpan.FromSeconds(6);

    private readonly Lock _lock = new();
    private long _lastRefill = time.GetTimestamp();
    private int _left = Capacity;
    private int _leftOut;

    /// <summary>Whether to log; if so, how many of its kind were not logged since the last one.</summary>
    public bool TryTake(out int leftOut)
    {
        lock (_lock)
        {
            var refills = (int)Math.Min(Capacity, time.GetElapsedTime(_lastRefill) / Refill);
            if (refills > 0)
            {
                _left = Math.Min(Capacity, _left + refills);
                _lastRefill = time.GetTimestamp();
            }

            if (_left == 0)
            {
                _leftOut++;
                leftOut = 0;
                return false;
            }

            _left--;
            (leftOut, _leftOut) = (_leftOut, 0);
            return true;
        }
    }
}
