using System.Diagnostics.CodeAnalysis;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ValueImprint.Protocol.V1;
using ValueImprint.Server.Configuration;
using ValueImprint.Server.Hosting;
using ValueImprint.Server.Security;

namespace ValueImprint.Server.Services;

/// <summary>
/// Decides before a message is read whether a call may go on: by its listener, its token, and the server's phase. A middleware and not an
/// interceptor, since the latter would see a unary call only after its message was received.
/// </summary>
internal sealed class CallAccess(
    RequestDelegate next, CallGate gate, ServerOptions options, TimeProvider time, ILogger<CallAccess> logger, TokenFile? tokens = null)
{
    private readonly LogBudget _refusals = new(time);

    public async Task InvokeAsync(HttpContext context)
    {
        var method = RoutedMethod.Of(context);
        var role = context.Features.Get<ListenerFeature>()?.Role ?? ListenerRole.Network;
        var connection = context.Features.Get<GuardedConnection>();
        if (method?.ServiceName == Health.Descriptor.FullName)
        {
            connection?.Called();
            await RunAsync(context, method, client: null);
        }
        else if (role == ListenerRole.HealthOnly)
        {
            await TrailersOnly.WriteAsync(context.Response, StatusCode.PermissionDenied, "This address answers health checks alone (HealthListen).");
        }
        else if (IsRefused(context, role, out var client, out var fault))
        {
            if (_refusals.TryTake(out var leftOut))
            {
                Log.TokenRefused(logger, context.Connection.RemoteIpAddress, method?.FullName ?? "an unknown method", leftOut);
            }

            await TrailersOnly.WriteAsync(context.Response, StatusCode.Unauthenticated, fault);
        }
        else
        {
            connection?.Prove();
            await (method is null ? next(context) : RunAsync(context, method, client ?? ClientOf(context, role)));
        }
    }

    private bool IsRefused(HttpContext context, ListenerRole role, out string? client, [NotNullWhen(true)] out string? fault)
    {
        client = null;
        fault = role == ListenerRole.Network ? tokens?.Check(context.Request.Headers.Authorization, out client) : null;
        return fault is not null;
    }

    private static string? ClientOf(HttpContext context, ListenerRole role) => role == ListenerRole.OwnerSocket
        ? null
        : context.Connection.ClientCertificate?.Thumbprint ?? ClientAddress.Of(context.Connection.RemoteIpAddress)?.ToString();

    private async Task RunAsync(HttpContext context, IMethod method, string? client)
    {
        using var ticket = new CallTicket(context, client, method, options.MessageTimeout, time);
        context.Features.Set(ticket);
        if (ticket.IsCounted && gate.TryArrive(ticket) is var admission and not Admission.Admitted)
        {
            await TrailersOnly.WriteAsync(context.Response, StatusCode.Unavailable, admission == Admission.Starting ? Refusal.Starting : CallTicket.Draining.Detail);
            return;
        }

        try
        {
            await next(context);

            // A unary call's message is read before any interceptor: how that failed can only be reworded on the way out.
            if (ticket.Reason is { } reason)
            {
                TrailersOnly.Reword(context.Response, reason);
            }
            else if (!ticket.HasArrived && TrailersOnly.IsUnknown(context.Response))
            {
                TrailersOnly.Reword(context.Response, Refusal.Unreadable);
            }
            else if (OversizeMessage.Is(context.Response))
            {
                TrailersOnly.Reword(context.Response, OversizeMessage.Describe(options.MaxMessageBytes));
            }
        }
        finally
        {
            gate.Leave(ticket);
        }
    }
}

/// <summary>The method that routing chose for a request. The path tells nothing for sure: routing doesn't mind the case of its letters.</summary>
internal static class RoutedMethod
{
    /// <summary><see langword="null"/>: none that is served here.</summary>
    public static IMethod? Of(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method;
}
