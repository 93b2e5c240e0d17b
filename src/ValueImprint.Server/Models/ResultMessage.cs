using Grpc.Core;
using ValueImprint.Core.Imprints;
using ValueImprint.Inference;
using ValueImprint.Protocol.V1;
using CoreStance = ValueImprint.Core.Imprints.Stance;
using Stance = ValueImprint.Protocol.V1.Stance;

namespace ValueImprint.Server.Models;

/// <summary>What became of a text, as the contract states it.</summary>
internal static class ResultMessage
{
    /// <param name="id">The caller's own name for the text.</param>
    /// <param name="outcome">What became of it.</param>
    /// <param name="valueIds"><c>[values]</c>, in the order of the scores.</param>
    /// <param name="topK">How many scores to send; 0: all.</param>
    public static TextResult From(string id, TextOutcome outcome, string[] valueIds, int topK)
    {
        if (outcome.Fault is { } fault)
        {
            return Error(id, CodeOf(fault.Kind), fault.Message);
        }

        var classification = new Classification
        {
            Value = outcome.Abstained ? "" : valueIds[outcome.Top],
            Abstained = outcome.Abstained,
            Stance = From(outcome.Stance),
            StanceScore = outcome.StanceScore,
            Tokens = outcome.Tokens,
            TokensEstimated = outcome.IsTokenCountEstimated,
            KeptTokens = outcome.KeptTokens,
            Truncation = From(outcome.Truncation),
        };
        foreach (var value in outcome.Values.Span)
        {
            classification.Values.Add(valueIds[value]);
        }

        AddScores(classification, outcome.Scores, valueIds, topK);
        return new TextResult { Id = id, Classification = classification };
    }

    public static TextResult Error(string id, StatusCode code, string message) =>
        new() { Id = id, Error = new TextError { Code = (int)code, Message = message } };

    public static Truncation From(TruncationKind truncation) => truncation switch
    {
        TruncationKind.None => Truncation.None,
        TruncationKind.Head => Truncation.Head,
        TruncationKind.Tail => Truncation.Tail,
        TruncationKind.HeadTail => Truncation.HeadTail,
        _ => throw new InvalidOperationException($"No message for truncation {truncation}."),
    };

    private static Stance From(CoreStance? stance) => stance switch
    {
        null => Stance.Unspecified,
        CoreStance.Upholds => Stance.Upholds,
        CoreStance.Violates => Stance.Violates,
        CoreStance.Neutral => Stance.Neutral,
        _ => throw new InvalidOperationException($"No message for stance {stance}."),
    };

    private static StatusCode CodeOf(TextFaultKind kind) => kind switch
    {
        TextFaultKind.Empty or TextFaultKind.TooLong => StatusCode.InvalidArgument,
        TextFaultKind.Expired => StatusCode.DeadlineExceeded,
        _ => StatusCode.Internal,
    };

    private static void AddScores(Classification classification, ReadOnlyMemory<float> scores, string[] valueIds, int topK)
    {
        var order = new int[scores.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        // Array.Sort is not stable, so equal scores compare by their place in the taxonomy.
        Array.Sort(order, (left, right) =>
        {
            var comparison = scores.Span[right].CompareTo(scores.Span[left]);
            return comparison != 0 ? comparison : left.CompareTo(right);
        });
        foreach (var index in topK == 0 ? order : order.AsSpan(0, Math.Min(topK, order.Length)))
        {
            classification.Scores.Add(new ValueScore { Value = valueIds[index], Score = scores.Span[index] });
        }
    }
}
