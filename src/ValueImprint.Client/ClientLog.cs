using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace ValueImprint.Client;

/// <summary>Every log message of the client. Places and counts, never texts.</summary>
internal static partial class ClientLog
{
    [LoggerMessage(1, LogLevel.Debug, "{Server}: attempt {Attempt} ended with {Status}; the next one follows in {Pause} ms.")]
    public static partial void CallRepeated(ILogger logger, ServerAddress server, int attempt, StatusCode status, double pause);

    [LoggerMessage(2, LogLevel.Warning, "{Server}: the stream broke with {Unanswered} texts unanswered; they are sent again. {Reason}")]
    public static partial void StreamBroke(ILogger logger, ServerAddress server, int unanswered, string reason);

    [LoggerMessage(3, LogLevel.Debug, "{Server}: stream opened, model {ModelHash}.")]
    public static partial void StreamOpened(ILogger logger, ServerAddress server, string modelHash);

    [LoggerMessage(4, LogLevel.Debug, "Using the server at {Server}.")]
    public static partial void Connected(ILogger logger, ServerAddress server);
}
