using Microsoft.Extensions.Logging;

namespace ValueImprint.LocalServer;

/// <summary>Every log message about local servers.</summary>
internal static partial class LocalServerLog
{
    [LoggerMessage(1, LogLevel.Information, "Local server started: process {Pid}, socket {Socket}, log {Log}.")]
    public static partial void LocalServerStarted(ILogger logger, int pid, string socket, string log);

    [LoggerMessage(2, LogLevel.Debug, "Removed the socket {Socket}, which nobody answers.")]
    public static partial void StaleSocketRemoved(ILogger logger, string socket);

    [LoggerMessage(3, LogLevel.Information, "Local server stopped: process {Pid}, {How}.")]
    public static partial void LocalServerStopped(ILogger logger, int pid, StopOutcome how);
}
