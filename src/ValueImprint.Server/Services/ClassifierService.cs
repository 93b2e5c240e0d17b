using Grpc.Core;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Protocol.V1;
using ValueImprint.Server.Configuration;
using ValueImprint.Server.Models;
using ValueImprint.Server.Telemetry;

namespace ValueImprint.Server.Services;

/// <summary>The contract's methods; the long ones have a class each.</summary>
internal sealed class ClassifierService(
    ModelRegistry models, ServerOptions options, ServerMetrics metrics, RetryAdvice advice, TimeProvider time)
    : ValueClassifier.ValueClassifierBase
{
    public override Task<ClassifyResponse> Classify(ClassifyRequest request, ServerCallContext context) =>
        new ClassifyCall(models, metrics, advice, time).RunAsync(request, context);

    public override Task ClassifyStream(
        IAsyncStreamReader<ClassifyStreamRequest> requestStream,
        IServerStreamWriter<ClassifyStreamResponse> responseStream,
        ServerCallContext context) =>
        new ClassifyStreamCall(requestStream, responseStream, context, options, metrics).RunAsync(models);

    public override Task Audit(
        IAsyncStreamReader<AuditRequest> requestStream, IServerStreamWriter<AuditResponse> responseStream, ServerCallContext context) =>
        new AuditCall(requestStream, responseStream, context, options, metrics, time).RunAsync(models);

    public override Task<Model> GetModel(GetModelRequest request, ServerCallContext context) =>
        Task.FromResult(models.FindOrRefuse(request.Name).Message);

    public override Task<ListModelsResponse> ListModels(ListModelsRequest request, ServerCallContext context) =>
        Task.FromResult(new ListModelsResponse { Models = { models.All.Select(static model => model.Message) } });
}
