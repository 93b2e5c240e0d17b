using Grpc.Core;
using ValueImprint.Client.Connections;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Protocol.V1;

namespace ValueImprint.Client.FakeServer;

/// <summary>The contract on a <see cref="FakeModel"/>, with faults on demand.</summary>
public sealed class FakeClassifier(FaultPlan plan) : ValueClassifier.ValueClassifierBase
{
    public override Task<ClassifyResponse> Classify(ClassifyRequest request, ServerCallContext context)
    {
        Admit(context);
        return Task.FromResult(new ClassifyResponse { Results = { request.Texts.Select(FakeModel.Classify) }, ModelHash = plan.ModelHash });
    }

    public override async Task ClassifyStream(
        IAsyncStreamReader<ClassifyStreamRequest> requestStream, IServerStreamWriter<ClassifyStreamResponse> responseStream, ServerCallContext context)
    {
        Admit(context);
        plan.Opened();
        try
        {
            var first = true;
            while (await requestStream.MoveNext(context.CancellationToken))
            {
                var request = requestStream.Current;
                if (request.Options is null == first)
                {
                    throw new RpcException(new Status(StatusCode.InvalidArgument, "options belong to the first message alone"));
                }

                first = false;
                plan.Received(request.Texts.Count);
                await AnswerAsync(request, responseStream, context);
            }
        }
        finally
        {
            plan.Closed();
        }
    }

    public override Task<Model> GetModel(GetModelRequest request, ServerCallContext context)
    {
        Admit(context);
        return request.Name is "" or "fake"
            ? Task.FromResult(FakeModel.Describe(plan.ModelHash))
            : throw new RpcException(new Status(StatusCode.InvalidArgument, $"There is no model '{request.Name}' here. Hosted: fake."));
    }

    public override Task<ListModelsResponse> ListModels(ListModelsRequest request, ServerCallContext context)
    {
        Admit(context);
        return Task.FromResult(new ListModelsResponse { Models = { FakeModel.Describe(plan.ModelHash) } });
    }

    private async Task AnswerAsync(ClassifyStreamRequest request, IServerStreamWriter<ClassifyStreamResponse> responses, ServerCallContext context)
    {
        if (plan.IsMute)
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        }

        // Answers are grouped differently from the texts, as the contract allows.
        foreach (var half in request.Texts.Chunk(Math.Max(1, request.Texts.Count / 2)))
        {
            var response = new ClassifyStreamResponse { ModelHash = plan.ModelHash };
            foreach (var item in half)
            {
                plan.OnText?.Invoke(item.Text, context);
                if (plan.BeforeAnswer is { } wait)
                {
                    await wait(context.CancellationToken);
                }

                response.Results.Add(FakeModel.Classify(item));
            }

            await responses.WriteAsync(response, context.CancellationToken);
        }
    }

    private void Admit(ServerCallContext context)
    {
        if (plan.Token is { } token && context.RequestHeaders.GetValue("authorization") != "Bearer " + token)
        {
            throw new RpcException(new Status(StatusCode.Unauthenticated, "A token is required."));
        }

        if (plan.UnavailableCalls > 0)
        {
            plan.UnavailableCalls--;
            throw new RpcException(new Status(StatusCode.Unavailable, "The server is starting."));
        }

        if (plan.BusyCalls > 0)
        {
            plan.BusyCalls--;
            throw new RpcException(new Status(StatusCode.ResourceExhausted, "Too many calls."), new Metadata { { "grpc-retry-pushback-ms", "10" } });
        }
    }
}
