namespace ValueImprint.Client.Connections;

/// <summary>Pauses that double up to a longest one, each shortened by a random quarter so that clients don't return in step.</summary>
internal sealed class Backoff(TimeSpan first, TimeSpan longest)
{
    private int _doublings;

    public TimeSpan Next()
    {
        var pause = first * Math.Pow(2, _doublings);
        if (pause < longest)
        {
            _doublings++;
        }
        else
        {
            pause = longest;
        }

        return pause * (1 - (Random.Shared.NextDouble() / 4));
    }

    public void Reset() => _doublings = 0;
}
