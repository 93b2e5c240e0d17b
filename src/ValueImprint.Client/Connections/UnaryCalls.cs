using Grpc.Core;
using Microsoft.Extensions.Logging;
using ValueImprint.Auditing;
using ValueImprint.Protocol.V1;

namespace ValueImprint.Client.Connections;

/// <summary>Makes unary calls, repeats the ones that may be repeated, and says in a person's words what went wrong.</summary>
internal sealed class UnaryCalls(ClientOptions options, IServerSource servers, ILogger log)
{
    /// <summary>Describes a model; empty: the server's default one.</summary>
    /// <exception cref="ClientException">No server answered in time, or one refused.</exception>
    public async Task<(ClassifierModel Model, ServerConnection Server)> GetModelAsync(string name, CancellationToken ct)
    {
        try
        {
            var (model, server) = await InvokeAsync((server, call) => server.Classifier.GetModelAsync(new GetModelRequest { Name = name }, call), ct)
                .ConfigureAwait(false);
            return (server.Read(model), server);
        }
        catch (ClientException refused) when (refused.InnerException is RpcException { StatusCode: StatusCode.InvalidArgument or StatusCode.NotFound })
        {
            throw new ClientException(ClientFault.UnknownModel, refused.Message, refused);
        }
    }

    /// <summary>Makes a call, and says which server answered.</summary>
    /// <exception cref="ClientException">No server answered in time, or one refused.</exception>
    public async Task<(TResponse Response, ServerConnection Server)> InvokeAsync<TResponse>(
        Func<ServerConnection, CallOptions, AsyncUnaryCall<TResponse>> invoke, CancellationToken ct)
    {
        var clock = options.TimeProvider;
        var began = clock.GetTimestamp();
        var deadline = clock.GetUtcNow() + options.CallTimeout;
        var backoff = new Backoff(options.FirstPause, options.LongestPause);
        for (var attempt = 1; ; attempt++)
        {
            var server = await servers.NextAsync(ct).ConfigureAwait(false);
            try
            {
                using var call = invoke(server, server.CallOptions(deadline.UtcDateTime, ct));
                var response = await call.ResponseAsync.ConfigureAwait(false);
                servers.Answered(server);
                return (response, server);
            }
            catch (RpcException) when (ct.IsCancellationRequested)
            {
                throw new OperationCanceledException(ct);
            }
            catch (RpcException fault) when (fault.IsBreak())
            {
                servers.Failed(server);
                var elapsed = clock.GetElapsedTime(began);
                var pause = fault.Pushback() ?? backoff.Next();
                if (elapsed + pause > Budget(fault))
                {
                    throw Unreachable(server, fault, attempt, elapsed);
                }

                ClientLog.CallRepeated(log, server.Address, attempt, fault.StatusCode, pause.TotalMilliseconds);
                await Task.Delay(pause, clock, ct).ConfigureAwait(false);
            }
            catch (RpcException fault) when (fault.StatusCode is StatusCode.DeadlineExceeded)
            {
                servers.Failed(server);
                throw new ClientException(
                    ClientFault.Unreachable, $"{server.Address} gave no answer within {Seconds.Of(options.CallTimeout)}. {servers.Advice}", fault);
            }
            catch (RpcException fault)
            {
                throw fault.ToClientException(server.Address);
            }
        }
    }

    // A busy server is alive: it may take up the whole of the call's time. One that can't be reached may not.
    private TimeSpan Budget(RpcException fault) =>
        fault.StatusCode is StatusCode.ResourceExhausted || servers.Patience > options.CallTimeout ? options.CallTimeout : servers.Patience;

    private ClientException Unreachable(ServerConnection server, RpcException fault, int attempts, TimeSpan elapsed) => new(
        ClientFault.Unreachable,
        $"{server.Address} did not answer: tried {attempts} times in {Seconds.Of(elapsed)}; last seen: {fault.Describe()} {servers.Advice}",
        fault);
}
