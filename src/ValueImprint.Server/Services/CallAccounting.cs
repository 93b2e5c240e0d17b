using System.Diagnostics;
using System.Globalization;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using ValueImprint.Server.Telemetry;

namespace ValueImprint.Server.Services;

/// <summary>
/// Counts every gRPC call, also one that is refused before a service sees it: started = succeeded + failed + under way. The outermost
/// middleware.
/// </summary>
internal sealed class CallAccounting(RequestDelegate next, ServerMetrics metrics, TimeProvider time, ILogger<CallAccounting> logger)
{
    private readonly LogBudget _oddities = new(time);

    public async Task InvokeAsync(HttpContext context)
    {
        // Only names that the contract knows become a tag: a caller must not be able to grow the metrics.
        var method = RoutedMethod.Of(context)?.FullName[1..] ?? "other";
        var started = Stopwatch.GetTimestamp();
        metrics.CallStarted(method);
        var status = StatusCode.Unknown;
        try
        {
            await next(context);
            status = StatusOf(context);
        }
        finally
        {
            metrics.CallEnded(method, status, Stopwatch.GetElapsedTime(started));

            // No service answers so: it is what gRPC makes of a fault of its own.
            var message = context.Response.Headers[TrailersOnly.MessageHeader].ToString();
            if (status == StatusCode.Unknown && message.Length > 0 && _oddities.TryTake(out var leftOut))
            {
                Log.CallEndedOddly(logger, method, status.ToString(), message, leftOut);
            }
        }
    }

    private static StatusCode StatusOf(HttpContext context)
    {
        // A response that never began carries its status among the headers.
        var trailers = context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers;
        var text = trailers?[TrailersOnly.StatusHeader] is { Count: > 0 } sent ? sent : context.Response.Headers[TrailersOnly.StatusHeader];
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? (StatusCode)status
            : context.RequestAborted.IsCancellationRequested ? StatusCode.Cancelled
            : StatusCode.Unknown;
    }
}
