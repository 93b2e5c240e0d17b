using ValueImprint.Inference;
using ValueImprint.Protocol.V1;
using ValueImprint.Server.Models;

namespace ValueImprint.Server.Services;

/// <summary>What a call asked for, checked.</summary>
internal readonly record struct CallRequest(HostedModel Model, TextOptions Text, int TopK)
{
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT: an unknown model or an option out of range.</exception>
    public static CallRequest Read(ClassifyOptions? options, ModelRegistry models)
    {
        var topK = options?.TopK ?? 0;
        var text = ReadText(options is { HasAbstainBelow: true } ? options.AbstainBelow : null);
        return topK >= 0 ? new CallRequest(models.Find(options?.Model ?? ""), text, topK) : throw Refusal.NegativeTopK(topK);
    }

    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT: a threshold out of range.</exception>
    public static TextOptions ReadText(float? abstainBelow) =>
        abstainBelow is null or (>= 0 and <= 1) ? new TextOptions(abstainBelow) : throw Refusal.AbstainBelowOutOfRange(abstainBelow.Value);
}
