using Grpc.Core;
using Microsoft.Extensions.Logging;
using ValueImprint.Client.LocalServers;

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

    [LoggerMessage(4, LogLevel.Information, "Local server started: process {Pid}, socket {Socket}, log {Log}.")]
    public static partial void LocalServerStarted(ILogger logger, int pid, string socket, string log);

    [LoggerMessage(5, LogLevel.Debug, "Removed the socket {Socket}, which nobody answers.")]
    public static partial void StaleSocketRemoved(ILogger logger, string socket);

    [LoggerMessage(6, LogLevel.Information, "Local server stopped: process {Pid}, {How}.")]
    public static partial void LocalServerStopped(ILogger logger, int pid, StopOutcome how);

    [LoggerMessage(7, LogLevel.Debug, "Using the server at {Server}.")]
    public static partial void Connected(ILogger logger, ServerAddress server);
}
