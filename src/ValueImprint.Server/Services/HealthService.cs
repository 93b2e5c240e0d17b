using Grpc.Core;
using Grpc.Health.V1;
using ValueImprint.Protocol.V1;
using ValueImprint.Server.Hosting;
using Status = Grpc.Core.Status;

namespace ValueImprint.Server.Services;

/// <summary>The standard health protocol: the whole server, named by the empty string, and its classifier are well at the same times.</summary>
internal sealed class HealthService(CallGate gate) : Health.HealthBase
{
    private static readonly string[] Services = ["", ValueClassifier.Descriptor.FullName];

    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context) =>
        Services.Contains(request.Service)
            ? Task.FromResult(new HealthCheckResponse { Status = StatusOf(gate.Observe().Phase) })
            : throw new RpcException(new Status(
                StatusCode.NotFound,
                $"There is no service '{Refusal.Shorten(request.Service)}' here; ask for '{Services[1]}', or with an empty name for the server."));

    public override Task<HealthListResponse> List(HealthListRequest request, ServerCallContext context)
    {
        var status = StatusOf(gate.Observe().Phase);
        var response = new HealthListResponse();
        foreach (var service in Services)
        {
            response.Statuses.Add(service, new HealthCheckResponse { Status = status });
        }

        return Task.FromResult(response);
    }

    public override async Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        var end = CallEnd.Of(context).Token;
        var isKnown = Services.Contains(request.Service);
        HealthCheckResponse.Types.ServingStatus? sent = null;
        while (true)
        {
            // Observed before it is sent: a change meanwhile completes the task, and the next round sends it.
            var (phase, changed) = gate.Observe();
            var status = isKnown ? StatusOf(phase) : HealthCheckResponse.Types.ServingStatus.ServiceUnknown;
            if (status != sent)
            {
                await responseStream.WriteAsync(new HealthCheckResponse { Status = status }, end);
                sent = status;
            }

            await changed.WaitAsync(end);
        }
    }

    private static HealthCheckResponse.Types.ServingStatus StatusOf(ServerPhase phase) => phase == ServerPhase.Serving
        ? HealthCheckResponse.Types.ServingStatus.Serving
        : HealthCheckResponse.Types.ServingStatus.NotServing;
}
