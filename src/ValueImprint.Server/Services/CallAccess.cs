using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ValueImprint.Protocol.V1;
using ValueImprint.Server.Hosting;
using ValueImprint.Server.Security;

namespace ValueImprint.Server.Services;

/// <summary>
/// Decides before a message is read whether a call may go on: by its listener, its token, and the server's phase and load. A middleware
/// and not an interceptor, since the latter would see a unary call only after its message was received.
/// </summary>
internal sealed class CallAccess(
    RequestDelegate next, CallGate gate, ServerOptions options, RetryAdvice advice, ILogger<CallAccess> logger, TokenFile? tokens = null)
{
    private static readonly string Classifier = $"/{ValueClassifier.Descriptor.FullName}";
    private static readonly string HealthCheck = $"/{Health.Descriptor.FullName}";

    public async Task InvokeAsync(HttpContext context)
    {
        var role = context.Features.Get<ListenerFeature>()?.Role ?? ListenerRole.Network;
        var isHealth = context.Request.Path.StartsWithSegments(HealthCheck, StringComparison.Ordinal);
        if (role == ListenerRole.HealthOnly && !isHealth)
        {
            await TrailersOnly.WriteAsync(context.Response, StatusCode.PermissionDenied, "This address answers health checks alone (HealthListen).");
        }
        else if (tokens is not null && role == ListenerRole.Network && !isHealth && tokens.Check(context.Request.Headers.Authorization) is { } fault)
        {
            Log.TokenRefused(logger, context.Connection.RemoteIpAddress, context.Request.Path);
            await TrailersOnly.WriteAsync(context.Response, StatusCode.Unauthenticated, fault);
        }
        else if (context.Request.Path.StartsWithSegments(Classifier, StringComparison.Ordinal))
        {
            await EnterAsync(context);
        }
        else
        {
            await next(context);
        }
    }

    private async Task EnterAsync(HttpContext context)
    {
        switch (gate.TryEnter())
        {
            case Admission.Starting:
                await TrailersOnly.WriteAsync(context.Response, StatusCode.Unavailable, Refusal.Starting);
                break;
            case Admission.Draining:
                await TrailersOnly.WriteAsync(context.Response, StatusCode.Unavailable, Refusal.Draining);
                break;
            case Admission.Full:
                await TrailersOnly.WriteAsync(
                    context.Response, StatusCode.ResourceExhausted, Refusal.TooManyCalls(options.MaxCalls), advice.Milliseconds());
                break;
            default:
                try
                {
                    await next(context);
                    OversizeMessage.Reword(context.Response, options.MaxMessageBytes);
                }
                finally
                {
                    gate.Leave();
                }

                break;
        }
    }
}
