using ValueImprint.Auditing.Recording;
using ValueImprint.Core.Imprints;
using ValueImprint.Reports.Html;
using ValueImprint.Tool.Auditing;
using ValueImprint.Tool.Tests.Running;

namespace ValueImprint.Tool.Tests.Auditing;

public sealed class ExampleSampleTests
{
    private const int Duty = 3;
    private const int Wisdom = 4;

    [Fact]
    public void Drawn_ManyTextsInAnyOrder_AreTheSameFew()
    {
        RowResult[] rows = [.. Enumerable.Range(1, 500).Select(static line => Row(line, line % 2 == 0 ? Duty : Wisdom, $"text {line}"))];

        var (forth, back) = (Draw(rows), Draw(rows.Reverse()));

        Assert.Equal(2 * ExampleSample.PerValueAndScope, forth.Count);
        Assert.Equal(forth, back);
        Assert.Equal([3, 3, 4, 4], forth.Select(static example => example.Value));
        Assert.NotEqual("text 1", forth[2].Text);
    }

    [Fact]
    public void Add_LongText_KeepsItsBeginningOnly() =>
        Assert.InRange(Assert.Single(Draw([Row(1, Duty, new string('x', 1_000_000))])).Text.Length, 1, ReportLimits.ExampleCharacters + 1);

    [Fact]
    public void Add_RejectedRowOrAbstention_IsNoExample() => Assert.Empty(Draw(
    [
        new RowResult { File = "a.jsonl", Line = 1, Rejected = "missing-field" },
        Row(2, Duty, "text") with { Outcome = new TextOutcome { Abstained = true } },
        Row(3, Duty, null),
    ]));

    private static IReadOnlyList<ExampleText> Draw(IEnumerable<RowResult> rows)
    {
        var sample = new ExampleSample();
        foreach (var row in rows)
        {
            sample.Add(row);
        }

        return sample.Drawn();
    }

    private static RowResult Row(int line, int value, string? text) => new()
    {
        File = "data/a.jsonl", Line = line, Scope = TextScope.Chosen, Text = text, Outcome = new TextOutcome { Top = value, Scores = new float[7], Stance = Stance.Upholds },
    };
}
