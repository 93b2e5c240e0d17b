using System.Globalization;

namespace ValueImprint.Server.Services;

/// <summary>
/// When a caller that was refused for want of room should come back (gRFC A6): after about as long as a call takes now, since by then
/// what waits now has been answered. Spread, so that those refused together don't return together.
/// </summary>
internal sealed class RetryAdvice
{
    /// <summary>Milliseconds, as a trailer beside RESOURCE_EXHAUSTED. A client of gRPC's own retry policy obeys it too.</summary>
    public const string Trailer = "grpc-retry-pushback-ms";

    private const double MinMilliseconds = 50;
    private const double MaxMilliseconds = 5000;

    // The share of the latest call in the mean of them all.
    private const double Weight = 0.1;

    private double _milliseconds = 250;

    /// <summary>A unary call was answered. Two at the same moment may count as one.</summary>
    public void Took(TimeSpan time)
    {
        var mean = Volatile.Read(ref _milliseconds);
        Volatile.Write(ref _milliseconds, mean + (Weight * (time.TotalMilliseconds - mean)));
    }

    /// <summary>Half to one and a half times the mean call, 50 ms to 5 s.</summary>
    public string Milliseconds()
    {
        var advice = Volatile.Read(ref _milliseconds) * (0.5 + Random.Shared.NextDouble());
        return ((int)Math.Clamp(advice, MinMilliseconds, MaxMilliseconds)).ToString(CultureInfo.InvariantCulture);
    }
}
