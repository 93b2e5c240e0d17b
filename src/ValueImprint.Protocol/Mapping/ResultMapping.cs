using Grpc.Core;
using ValueImprint.Core.Imprints;
using ValueImprint.Core.Taxonomy;
using ValueImprint.Protocol.V1;
using CoreStance = ValueImprint.Core.Imprints.Stance;
using Stance = ValueImprint.Protocol.V1.Stance;

namespace ValueImprint.Protocol.Mapping;

/// <summary>What became of a text: the core's indexes into a taxonomy, the contract's ids of its values.</summary>
public static class ResultMapping
{
    /// <summary>The result to send.</summary>
    /// <param name="outcome">What became of the text.</param>
    /// <param name="id">The caller's own name for the text.</param>
    /// <param name="valueIds"><c>[values]</c>, in the order of the scores.</param>
    /// <param name="topK">How many scores to send; 0: all.</param>
    public static TextResult ToMessage(this TextOutcome outcome, string id, IReadOnlyList<string> valueIds, int topK)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(valueIds);
        if (outcome.Fault is { } fault)
        {
            return new TextResult { Id = id, Error = new TextError { Code = (int)CodeOf(fault.Kind), Message = fault.Message } };
        }

        var classification = new Classification
        {
            Value = outcome.Abstained ? "" : valueIds[outcome.Top],
            Abstained = outcome.Abstained,
            Stance = outcome.Stance switch
            {
                null => Stance.Unspecified,
                CoreStance.Upholds => Stance.Upholds,
                CoreStance.Violates => Stance.Violates,
                CoreStance.Neutral => Stance.Neutral,
                var other => throw new InvalidOperationException($"No message for stance {other}."),
            },
            StanceScore = outcome.StanceScore,
            Tokens = outcome.Tokens,
            TokensEstimated = outcome.IsTokenCountEstimated,
            KeptTokens = outcome.KeptTokens,
            Truncation = outcome.Truncation switch
            {
                null => Truncation.None,
                TruncationStrategy.Head => Truncation.Head,
                TruncationStrategy.Tail => Truncation.Tail,
                TruncationStrategy.HeadTail => Truncation.HeadTail,
                var other => throw new InvalidOperationException($"No message for truncation {other}."),
            },
        };
        foreach (var value in outcome.Values.Span)
        {
            classification.Values.Add(valueIds[value]);
        }

        var scores = outcome.Scores.Span;
        var order = outcome.ValuesByScore();
        foreach (var index in topK == 0 ? order : order.AsSpan(0, Math.Min(topK, order.Length)))
        {
            classification.Scores.Add(new ValueScore { Value = valueIds[index], Score = scores[index] });
        }

        return new TextResult { Id = id, Classification = classification };
    }

    /// <summary>A received result, of a call that asked for all scores.</summary>
    /// <param name="result">The result.</param>
    /// <param name="taxonomy">The model's.</param>
    /// <exception cref="ContractException">It does not fit the model's description.</exception>
    public static TextOutcome ToOutcome(this TextResult result, TaxonomyIdentity taxonomy)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(taxonomy);
        if (result.Error is { } error)
        {
            return new TextOutcome { Fault = new TextFault(KindOf((StatusCode)error.Code), error.Message) };
        }

        var answer = result.Classification ?? throw new ContractException("A result has neither classification nor error");
        if (answer.Scores.Count != taxonomy.Values.Count)
        {
            throw Broken($"has {answer.Scores.Count} scores for {taxonomy.Values.Count} values");
        }

        var scores = new float[taxonomy.Values.Count];
        Array.Fill(scores, float.NaN);
        foreach (var score in answer.Scores)
        {
            scores[IndexOf(score.Value)] = score.Score is >= 0 and <= 1 ? score.Score : throw Broken("has a score outside [0, 1]");
        }

        if (Array.Exists(scores, float.IsNaN))
        {
            throw Broken("has two scores for the same value");
        }

        var values = new int[answer.Values.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = IndexOf(answer.Values[i]);
        }

        return new TextOutcome
        {
            Scores = scores,
            Top = Array.IndexOf(scores, scores.Max()),
            Abstained = answer.Abstained,
            Values = values,
            Stance = answer.Stance switch
            {
                Stance.Upholds => CoreStance.Upholds,
                Stance.Violates => CoreStance.Violates,
                Stance.Neutral => CoreStance.Neutral,
                _ => null,
            },
            StanceScore = answer.StanceScore,
            Tokens = answer.Tokens,
            IsTokenCountEstimated = answer.TokensEstimated,
            KeptTokens = answer.KeptTokens,
            Truncation = answer.Truncation switch
            {
                Truncation.Head => TruncationStrategy.Head,
                Truncation.Tail => TruncationStrategy.Tail,
                Truncation.HeadTail => TruncationStrategy.HeadTail,
                _ => (TruncationStrategy?)null,
            },
        };

        int IndexOf(string value) =>
            taxonomy.TryFind(value, out var index) ? index : throw Broken("names a value that its model's taxonomy does not have");
    }

    /// <summary>The scope of a text that was sent; <see langword="null"/> where the contract has none such.</summary>
    public static TextScope? ToScope(this Scope scope) => scope switch
    {
        Scope.Chosen => TextScope.Chosen,
        Scope.Rejected => TextScope.Rejected,
        Scope.Response => TextScope.Response,
        Scope.Text => TextScope.Text,
        _ => null,
    };

    private static StatusCode CodeOf(TextFaultKind kind) => kind switch
    {
        TextFaultKind.Empty or TextFaultKind.TooLong => StatusCode.InvalidArgument,
        TextFaultKind.Expired => StatusCode.DeadlineExceeded,
        _ => StatusCode.Internal,
    };

    // The contract does not tell empty from too long; empty texts of a dataset are never sent.
    private static TextFaultKind KindOf(StatusCode code) => code switch
    {
        StatusCode.InvalidArgument => TextFaultKind.TooLong,
        StatusCode.Internal => TextFaultKind.Failed,
        _ => TextFaultKind.Expired,
    };

    private static ContractException Broken(string what) => new($"A classification {what}");
}
