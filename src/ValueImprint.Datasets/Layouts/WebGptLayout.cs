using ValueImprint.Core.Imprints;

namespace ValueImprint.Datasets.Layouts;

/// <summary>OpenAI's WebGPT comparisons: the answer with the higher score is the chosen one.</summary>
/// <remarks>
/// Equal scores state no preference, and are common there: both answers then count as responses, which have no counterpart,
/// rather than being lost.
/// </remarks>
internal sealed class WebGptLayout : DatasetLayout
{
    private const int Question = 0;
    private const int Answer0 = 1;
    private const int Answer1 = 2;
    private const int Score0 = 3;
    private const int Score1 = 4;

    private WebGptLayout(string name, string description, params LayoutField[] fields)
        : base(name, description, fields)
    {
    }

    /// <summary>A row an object, as the hub's <c>openai/webgpt_comparisons</c> has them.</summary>
    public static WebGptLayout OfColumns { get; } = new(
        "webgpt",
        "question, answer_0, answer_1, score_0, score_1: the answer with the higher score is chosen, equal ones are responses",
        LayoutField.Required("question.full_text", "question"),
        LayoutField.Required("answer_0"),
        LayoutField.Required("answer_1"),
        LayoutField.Required("score_0"),
        LayoutField.Required("score_1"));

    /// <summary>A row a list of two records, as OpenAI's own <c>comparisons.jsonl</c> has them (Nakano et al. 2021, appendix K).</summary>
    public static WebGptLayout OfRecords { get; } = new(
        "webgpt-records",
        "a list of two records with question, answer, score: as webgpt",
        LayoutField.Required("0.question.full_text", "0.question"),
        LayoutField.Required("0.answer"),
        LayoutField.Required("1.answer"),
        LayoutField.Required("0.score"),
        LayoutField.Required("1.score"));

    internal override TextScope? SingleScope => null;

    internal override RowFault? Compose(in RowFields row, out ScopedText[] texts)
    {
        texts = [];
        if (row.ReadReplies(Question, null, Answer0, Answer1, out var replies) is { } fault)
        {
            return fault;
        }

        if (!row[Score0].TryGetNumber(out var score0))
        {
            return row.NotA("a finite number", Score0);
        }

        if (!row[Score1].TryGetNumber(out var score1))
        {
            return row.NotA("a finite number", Score1);
        }

        texts = score0.CompareTo(score1) switch
        {
            > 0 => Pair(replies.One, replies.Other),
            < 0 => Pair(replies.Other, replies.One),
            _ => [new ScopedText(TextScope.Response, replies.One), new ScopedText(TextScope.Response, replies.Other)],
        };
        return null;
    }
}
