using ValueImprint.Core.Imprints;
using ValueImprint.Inference.Models;
using ValueImprint.Inference.Scheduling;

namespace ValueImprint.Inference.Execution;

/// <summary>Reads a text's outcome off its row of logits: temperature, probabilities in the taxonomy's order, threshold, abstention, stance.</summary>
internal sealed class OutcomeReader(ModelDescription model, IReadOnlyList<int> logitOfValue, StanceHead? stance)
{
    private const int MaxOnStack = 256;

    // A single-label outcome's list of values is one of these.
    private readonly int[][] _single = [.. Enumerable.Range(0, logitOfValue.Count).Select(static value => new[] { value })];

    public int LabelCount => logitOfValue.Count;

    public int StanceCount => stance?.Labels.Count ?? 0;

    /// <param name="text">The text.</param>
    /// <param name="logits">What the model gave for its batch.</param>
    /// <param name="row">The text's row in it.</param>
    /// <param name="memory">Memory of its own for the scores, <c>[values]</c>.</param>
    /// <param name="timings">Where its time went.</param>
    public TextOutcome Read(PendingText text, LogitBuffer logits, int row, Memory<float> memory, TextTimings timings)
    {
        var byLogit = LabelCount <= MaxOnStack ? stackalloc float[MaxOnStack] : new float[LabelCount];
        byLogit = byLogit[..LabelCount];
        Span<float> byStance = stackalloc float[MaxOnStack];
        byStance = byStance[..StanceCount];
        var isRead = model.ProblemType == ProblemType.SingleLabel
            ? Probabilities.TrySoftmax(logits.Labels(row), model.Temperature, byLogit)
            : Probabilities.TrySigmoid(logits.Labels(row), model.Temperature, byLogit);
        if (!isRead || (stance is not null && !Probabilities.TrySoftmax(logits.Stances(row), stance.Temperature, byStance)))
        {
            return Failed("the model gave a score that is not a number for this text; nothing can be said about it.", timings);
        }

        var scores = memory.Span;
        for (var value = 0; value < scores.Length; value++)
        {
            scores[value] = byLogit[logitOfValue[value]];
        }

        var top = Probabilities.Top(scores);
        var isAbstained = scores[top] < (text.Options.AbstainBelow ?? model.AbstainBelow);
        var topStance = stance is null ? 0 : Probabilities.Top(byStance);
        ref readonly var encoded = ref text.Encoded;
        return new TextOutcome
        {
            Scores = memory,
            Top = top,
            Abstained = isAbstained,
            Values = isAbstained ? [] : model.ProblemType == ProblemType.SingleLabel ? _single[top] : Assigned(memory),
            Stance = stance?.Labels[topStance],
            StanceScore = stance is null ? 0 : byStance[topStance],
            Tokens = encoded.Total,
            IsTokenCountEstimated = encoded.IsTotalEstimated,
            KeptTokens = encoded.Kept,
            Truncation = encoded.Truncation,
            Timings = timings,
        };
    }

    public static TextOutcome Failed(string message, TextTimings timings = default) =>
        new() { Fault = new TextFault(TextFaultKind.Failed, message), Timings = timings };

    // Highest first; equal scores keep the taxonomy's order.
    private int[] Assigned(Memory<float> scores) =>
    [
        .. Enumerable.Range(0, scores.Length)
            .Where(value => scores.Span[value] >= model.DecisionThresholdOf(value))
            .OrderByDescending(value => scores.Span[value]),
    ];
}

/// <summary>
/// Cuts the memory of the texts' scores from blocks, so that not each text has an array of its own. A block lives as long as the last
/// outcome that has a piece of it; none is written to twice. Not safe for concurrent use.
/// </summary>
/// <param name="scores">Scores of a text, from 1.</param>
internal sealed class ScoreBlocks(int scores)
{
    // An outcome that is kept keeps its block: 4 KB at most, where a text's own scores are not more already.
    private const int MaxScoresOfBlock = 1024;

    private readonly int _size = Math.Max(1, MaxScoresOfBlock / scores) * scores;
    private Memory<float> _rest;

    /// <summary>Memory for one text's scores, zero.</summary>
    public Memory<float> Next()
    {
        if (_rest.IsEmpty)
        {
            _rest = new float[_size];
        }

        var next = _rest[..scores];
        _rest = _rest[scores..];
        return next;
    }
}
