using System.Diagnostics;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;
using ValueImprint.Server.Hosting;

namespace ValueImprint.Server.Services;

/// <summary>The one place where what went wrong in a call becomes a status.</summary>
internal sealed class CallBoundary(CallGate gate, ServerOptions options, TimeProvider time, ILogger<CallBoundary> logger) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        using var end = CallEnd.OfUnary(context, gate, options, time);
        try
        {
            return await continuation(request, context);
        }
        catch (Exception fault)
        {
            throw Translate(fault, context, end);
        }
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        using var end = CallEnd.OfStream(context, gate, options, time);
        try
        {
            await continuation(requestStream, responseStream, context);
        }
        catch (Exception fault)
        {
            throw Translate(fault, context, end);
        }
    }

    // Health's Watch is the only one.
    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        using var end = CallEnd.OfWatch(context, gate, time);
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception fault)
        {
            throw Translate(fault, context, end);
        }
    }

    private RpcException Translate(Exception fault, ServerCallContext context, CallEnd end)
    {
        // Once a call has to end, whatever its parts throw is a consequence: a closed connection, a cancelled wait, or the
        // INTERNAL that Grpc.AspNetCore.Server makes of a read that was cancelled.
        if (end.Reason() is { } reason)
        {
            return new RpcException(reason);
        }

        if (fault is RpcException told)
        {
            return OversizeMessage.Is(told.Status) ? new RpcException(OversizeMessage.Describe(options.MaxMessageBytes)) : told;
        }

        var id = Activity.Current?.TraceId.ToString() ?? Guid.NewGuid().ToString("N");
        Log.CallFailed(logger, fault, context.Method, id);
        return new RpcException(new Status(StatusCode.Internal, $"The server failed on this call; its log has the details under id {id}."));
    }
}
