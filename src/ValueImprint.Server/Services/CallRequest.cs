using System.Globalization;
using Grpc.Core;
using ValueImprint.Core.Imprints;
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
        return topK >= 0 ? new CallRequest(models.FindOrRefuse(options?.Model ?? ""), text, topK) : throw Refusal.NegativeTopK(topK);
    }

    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT: a threshold out of range.</exception>
    public static TextOptions ReadText(float? abstainBelow) =>
        abstainBelow is null or (>= 0 and <= 1) ? new TextOptions(abstainBelow) : throw Refusal.AbstainBelowOutOfRange(abstainBelow.Value);
}

/// <summary>Where a call's time went; sent as trailers where the client asked for it.</summary>
internal sealed class CallTimings(ServerCallContext context)
{
    private readonly bool _wanted = context.RequestHeaders.GetValue("valueimprint-timings") == "1";
    private TimeSpan _queue;
    private TimeSpan _tokenize;
    private TimeSpan _execute;

    public void Add(TextTimings timings)
    {
        _queue = timings.Queue > _queue ? timings.Queue : _queue;
        _tokenize += timings.Tokenize;

        // Texts of one batch share its run, so a sum would count it several times.
        _execute = timings.Execute > _execute ? timings.Execute : _execute;
    }

    public void Send()
    {
        if (_wanted)
        {
            Send("valueimprint-queue-ms", _queue);
            Send("valueimprint-tokenize-ms", _tokenize);
            Send("valueimprint-execute-ms", _execute);
        }
    }

    private void Send(string name, TimeSpan time) =>
        context.ResponseTrailers.Add(name, time.TotalMilliseconds.ToString("0.###", CultureInfo.InvariantCulture));
}
