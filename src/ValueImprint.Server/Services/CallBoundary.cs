using System.Diagnostics;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using ValueImprint.Server.Configuration;
using ValueImprint.Server.Hosting;

namespace ValueImprint.Server.Services;

/// <summary>The one place where what went wrong in a call becomes a status.</summary>
internal sealed class CallBoundary(CallGate gate, ServerOptions options, RetryAdvice advice, TimeProvider time, ILogger<CallBoundary> logger)
    : Interceptor
{
    private readonly LogBudget _faults = new(time);

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        var ticket = TicketOf(context);
        using var end = CallEnd.OfUnary(context, ticket, gate, options, time);
        try
        {
            Enter(ticket);
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
        var ticket = TicketOf(context);
        using var end = CallEnd.OfStream(context, ticket, gate, options, time);
        try
        {
            await continuation(new BoundReader<TRequest>(requestStream, end, () => Enter(ticket)), responseStream, context);
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
        var ticket = TicketOf(context);
        using var end = CallEnd.OfWatch(context, ticket, gate, time);
        try
        {
            Enter(ticket);
            await continuation(request, responseStream, context);
        }
        catch (Exception fault)
        {
            throw Translate(fault, context, end);
        }
    }

    private static CallTicket TicketOf(ServerCallContext context) => context.GetHttpContext().Features.GetRequiredFeature<CallTicket>();

    // The first message is there.
    private void Enter(CallTicket ticket)
    {
        ticket.Arrived(time.GetTimestamp());
        if (!ticket.IsCounted)
        {
            return;
        }

        switch (gate.TryEnter(ticket))
        {
            case Admission.Full:
                throw Refusal.TooManyCalls(options.MaxCalls, advice);
            case Admission.ClientFull:
                throw Refusal.TooManyCallsOfClient(options.CallsPerClient, advice);
            case Admission.Ended:
                throw new RpcException(CallTicket.Draining);
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
        if (_faults.TryTake(out var leftOut))
        {
            Log.CallFailed(logger, fault, context.Method, id, leftOut);
        }

        return new RpcException(new Status(StatusCode.Internal, $"The server failed on this call; its log has the details under id {id}."));
    }

    // A service that knows nothing of CallEnd, such as reflection's, ends with its call all the same.
    private sealed class BoundReader<T>(IAsyncStreamReader<T> reader, CallEnd end, Action enter) : IAsyncStreamReader<T>
    {
        private bool _hasEntered;

        public T Current => reader.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            var read = await reader.MoveNext(cancellationToken.CanBeCanceled ? cancellationToken : end.Token);
            if (read && !_hasEntered)
            {
                _hasEntered = true;
                enter();
            }

            end.Moved();
            return read;
        }
    }
}
