using System.Globalization;
using Grpc.Core;

namespace ValueImprint.Client.Connections;

/// <summary>What the status of a call means for its caller.</summary>
internal static class CallStatus
{
    // The server's advice when to come back: gRFC A6.
    private const string PushbackTrailer = "grpc-retry-pushback-ms";

    private static readonly TimeSpan _longestPushback = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether the same call may succeed in a moment. All calls may be repeated: a classification changes nothing. A full queue counts
    /// only with the server's own word on when to come back, since without one the message itself may be too large.
    /// </summary>
    public static bool IsPassing(this RpcException fault) =>
        fault.StatusCode is StatusCode.Unavailable || (fault.StatusCode is StatusCode.ResourceExhausted && fault.Pushback() is not null);

    /// <summary>Whether a call broke off, rather than being refused: the server died, was drained, or the connection was cut.</summary>
    public static bool IsBreak(this RpcException fault) =>
        fault.IsPassing() || fault.StatusCode is StatusCode.Cancelled
        || (fault.StatusCode is StatusCode.Internal && fault.Status.DebugException is IOException or HttpRequestException);

    /// <summary>As <see cref="IsBreak"/>, and a server ends a stream on which nothing moved for long: its client may have been slow.</summary>
    public static bool IsStreamBreak(this RpcException fault) => fault.IsBreak() || fault.StatusCode is StatusCode.DeadlineExceeded;

    /// <summary>When to come back, as the server says; at most 30 seconds.</summary>
    public static TimeSpan? Pushback(this RpcException fault) =>
        fault.Trailers.GetValue(PushbackTrailer) is { } text
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            ? TimeSpan.FromMilliseconds(Math.Min(milliseconds, _longestPushback.TotalMilliseconds))
            : null;

    /// <summary>Status and detail in a line.</summary>
    public static string Describe(this RpcException fault) => $"{fault.StatusCode}: {fault.Status.Detail.ReplaceLineEndings(" ")}";

    public static ClientException ToClientException(this RpcException fault, ServerAddress server) => fault.StatusCode switch
    {
        StatusCode.Unauthenticated or StatusCode.PermissionDenied => new ClientException(
            ClientFault.Unauthenticated, $"{server} refused the call: {fault.Describe()} Give the server's token by a token file or variable.", fault),
        StatusCode.Unimplemented => new ClientException(
            ClientFault.CallFailed, $"{server} is no ValueImprint server, or one of another version: {fault.Describe()}", fault),
        _ => new ClientException(ClientFault.CallFailed, $"{server}: {fault.Describe()}", fault),
    };
}

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
