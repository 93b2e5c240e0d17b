using System.Net;
using Microsoft.Extensions.Logging;
using ValueImprint.Server.Security;

namespace ValueImprint.Server;

/// <summary>All messages of the server. Event ids are never reused; no message holds a text, a token or a caller's id of a text.</summary>
internal static partial class Log
{
    // A launching client and a person at a terminal both read this line: keep its form.
    [LoggerMessage(1, LogLevel.Information, "listening on {Addresses}")]
    public static partial void Listening(ILogger logger, string addresses);

    [LoggerMessage(2, LogLevel.Information, "serving {Models}")]
    public static partial void Serving(ILogger logger, string models);

    [LoggerMessage(3, LogLevel.Information, "draining: {Calls} calls under way have {Seconds} s to finish")]
    public static partial void Draining(ILogger logger, int calls, double seconds);

    [LoggerMessage(4, LogLevel.Warning, "drain over: {Calls} calls had not finished after {Seconds} s (DrainTimeout), or were forced; they are cut off")]
    public static partial void DrainCutCalls(ILogger logger, int calls, double seconds);

    [LoggerMessage(5, LogLevel.Error, "{Calls} calls did not end after they were cut off; stopping all the same")]
    public static partial void CallsDidNotEnd(ILogger logger, int calls);

    [LoggerMessage(6, LogLevel.Information, "no call for {Seconds} s (IdleTimeout): stopping")]
    public static partial void Idle(ILogger logger, double seconds);

    [LoggerMessage(7, LogLevel.Information, "stopped")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(20, LogLevel.Error, "{Method} failed, id {Id}; {LeftOut} faults before it were not logged")]
    public static partial void CallFailed(ILogger logger, Exception fault, string method, string id, int leftOut);

    [LoggerMessage(21, LogLevel.Error, "{Method} ended with {Status}: {Message}; {LeftOut} such calls before it were not logged")]
    public static partial void CallEndedOddly(ILogger logger, string method, string status, string message, int leftOut);

    [LoggerMessage(30, LogLevel.Information, "{Count} tokens read from {Path}")]
    public static partial void TokensLoaded(ILogger logger, int count, string path);

    [LoggerMessage(31, LogLevel.Error, "tokens not reloaded, the former ones still hold: {Fault}")]
    public static partial void TokensNotReloaded(ILogger logger, string fault);

    [LoggerMessage(32, LogLevel.Warning, "{Path} holds tokens and every user of this machine can read or change it; chmod 600 it")]
    public static partial void TokensOpenToOthers(ILogger logger, string path);

    [LoggerMessage(33, LogLevel.Information, "token refused from {Address} for {Method}; {LeftOut} refusals before it were not logged")]
    public static partial void TokenRefused(ILogger logger, IPAddress? address, string method, int leftOut);

    [LoggerMessage(34, LogLevel.Warning, "{Address} is open to every machine that reaches it: set AcceptTokens or ClientAuthorities")]
    public static partial void OpenToEveryone(ILogger logger, string address);
}
