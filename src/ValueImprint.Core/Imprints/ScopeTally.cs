namespace ValueImprint.Core.Imprints;

/// <summary>The running counts of one scope.</summary>
internal sealed class ScopeTally(TextScope scope, ImprintModel model, int values)
{
    private const int Stances = 3;

    private readonly long[] _texts = new long[values];
    private readonly long[] _stances = new long[values * Stances];
    private readonly long[] _scores = new long[values * ScoreHistogram.Bins];
    private readonly LabelSetTally _labelSets = new();
    private long _total;
    private long _abstained;
    private long _truncated;

    /// <summary>Refuses a verdict that can't come from the model; a bug of the caller.</summary>
    /// <exception cref="ArgumentException">The verdict does not fit.</exception>
    public void Check(in TextVerdict text)
    {
        if (text.Scores.Length != values)
        {
            throw new ArgumentException($"A verdict has a score for each of the {values} values; found {text.Scores.Length}.");
        }

        foreach (var score in text.Scores.Span)
        {
            _ = ScoreHistogram.BinOf(score);
        }

        if (text.Values.Length > (model.ProblemType == ProblemType.SingleLabel ? 1 : values))
        {
            throw new ArgumentException($"A verdict of a {model.ProblemType} model can not have {text.Values.Length} values.");
        }

        var seen = text.Values.Span;
        for (var index = 0; index < seen.Length; index++)
        {
            if ((uint)seen[index] >= (uint)values || seen[..index].Contains(seen[index]))
            {
                throw new ArgumentException($"Value index {seen[index]} is out of range or stands twice.");
            }
        }

        if (model.ProblemType == ProblemType.SingleLabel && seen.Length == 1 && seen[0] != Highest(text.Scores.Span))
        {
            throw new ArgumentException($"The value of a single-label verdict is the one with the highest score, found {seen[0]}.");
        }

        if (text.Stance is not null != model.HasStance)
        {
            throw new ArgumentException(model.HasStance ? "The model has a stance head, the verdict no stance." : "A stance without a head.");
        }
    }

    public void Add(in TextVerdict text)
    {
        _total++;
        _abstained += text.Values.IsEmpty ? 1 : 0;
        _truncated += text.Truncated ? 1 : 0;
        foreach (var value in text.Values.Span)
        {
            _texts[value]++;
            if (text.Stance is { } stance)
            {
                _stances[value * Stances + (int)stance]++;
            }
        }

        AddScores(text.Scores.Span);
        if (model.ProblemType == ProblemType.MultiLabel)
        {
            _labelSets.Add(text);
        }
    }

    public ScopeCounts Build() =>
        new(scope, _total, _abstained, _truncated, [.. Enumerable.Range(0, values).Select(BuildValue)], _labelSets.Build());

    private ValueCounts BuildValue(int value) => new(
        _texts[value],
        _stances[value * Stances + (int)Stance.Upholds],
        _stances[value * Stances + (int)Stance.Violates],
        _stances[value * Stances + (int)Stance.Neutral],
        _scores[(value * ScoreHistogram.Bins)..((value + 1) * ScoreHistogram.Bins)]);

    private void AddScores(ReadOnlySpan<float> scores)
    {
        if (model.ProblemType == ProblemType.SingleLabel)
        {
            Count(Highest(scores), scores);
            return;
        }

        for (var value = 0; value < values; value++)
        {
            Count(value, scores);
        }
    }

    private void Count(int value, ReadOnlySpan<float> scores) =>
        _scores[value * ScoreHistogram.Bins + ScoreHistogram.BinOf(scores[value])]++;

    // The first one among equals: the taxonomy's order decides, as in a server's answer.
    private static int Highest(ReadOnlySpan<float> scores)
    {
        var highest = 0;
        for (var index = 1; index < scores.Length; index++)
        {
            highest = scores[index] > scores[highest] ? index : highest;
        }

        return highest;
    }
}
