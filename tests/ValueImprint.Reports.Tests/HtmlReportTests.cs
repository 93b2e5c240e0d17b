using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Core.Taxonomy;
using ValueImprint.Reports.Html;

namespace ValueImprint.Reports.Tests;

public sealed partial class HtmlReportTests
{
    private const string Folder = "tests/ValueImprint.Reports.Tests/Snapshots/";

    [Fact]
    public void Write_VerdictDriftAndHistory_IsThePage()
    {
        var (before, now) = (ReportImprints.Small(), ReportImprints.Pairs());
        var policy = Policies.Read(
            """
            policy: 1
            groups:
              prosocial: [well-being, justice, empathy, civility]
            coverage:
              - value: justice
                scope: chosen
                minimum: 20%
              - group: prosocial
                scope: chosen
                maximum: 99%
            contrast:
              - value: duty
                minimum: 1%
            drift:
              - value: wisdom
                scope: chosen
                max_drop: 1%
                minimum_texts: 1
              - scope: chosen
                max_divergence: 0.5
                minimum_texts: 1
            """);

        var page = Page(new HtmlReport
        {
            Imprint = now,
            Result = GateEvaluator.Judge(now, policy, before),
            Baseline = new NamedImprint("v1", before),
            History = [new NamedImprint("v0", before), new NamedImprint("v1", before)],
            Tool = "test 1.0",
        });

        Snapshot.Match(Style().Replace(page, "<style>…</style>"), Folder + "report.html");
    }

    [Fact]
    public void Write_ImprintOfNothing_SaysSo()
    {
        var page = Page(new HtmlReport { Imprint = Imprint.Empty(SampleImprints.Model, SampleImprints.Seven) });

        Assert.Contains("No texts were classified", page, StringComparison.Ordinal);
        Assert.Contains("0 rows read", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_PolicyThatDoesNotFit_SaysWhyFirst()
    {
        var result = GateEvaluator.Judge(SampleImprints.Of(1, 10), Policies.Read("policy: 1\ncoverage:\n  - value: justise\n    scope: chosen\n    minimum: 2%\n"));

        var page = Page(new HtmlReport { Imprint = result.Imprint, Result = result });

        Assert.Equal(Verdict.Inconclusive, result.Verdict);
        Assert.Contains("? Inconclusive", page, StringComparison.Ordinal);
        Assert.Contains(result.Diagnostics[0].Code.Id, page, StringComparison.Ordinal);
        Assert.True(page.IndexOf("id=\"verdict\"", StringComparison.Ordinal) < page.IndexOf("id=\"values\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_TextsOfOthers_AreNeverMarkup()
    {
        const string evil = "</style><script>alert('1')</script>\u202e\"onload=x&";
        var builder = new ImprintBuilder(SampleImprints.Model with { Name = evil, Version = evil }, new TaxonomyIdentity("evil", evil, "beef", [new ValueName("a", evil), new ValueName("b", "b")]));
        var file = builder.AddFile(evil, 1, evil);
        builder.AddRow(file, [new TextVerdict(TextScope.Chosen, new[] { 0 }, new[] { 0.9f, 0.1f }, Stance.Upholds, false)]);
        var imprint = builder.Build(SampleImprints.Run with { Tool = evil });

        var page = Page(new HtmlReport
        {
            Imprint = imprint,
            History = [new NamedImprint(evil, imprint)],
            Examples = [new ExampleText(TextScope.Chosen, 0, evil) { Position = new SourcePosition(evil, 1) }],
            Tool = evil,
        });

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\"onload", page, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', page);
        Assert.Equal(1, Style().Count(page));
        Assert.True(Occurrences(page, "&lt;script&gt;") >= 5, page);
    }

    [Fact]
    public void Write_NoExamplesAskedFor_NamesNoText() =>
        Assert.Contains("no text of the dataset", Page(new HtmlReport { Imprint = ReportImprints.Pairs() }), StringComparison.Ordinal);

    [Fact]
    public void Write_OtherModelsBaseline_SaysWhyThereIsNoComparison()
    {
        var other = new ImprintBuilder(SampleImprints.Model with { ContentHash = new string('e', 64) }, SampleImprints.Seven);
        other.AddRow(other.AddFile("x.jsonl", 1, "x"), [SampleImprints.Text(TextScope.Chosen, SampleImprints.Duty)]);

        var page = Page(new HtmlReport { Imprint = ReportImprints.Pairs(), History = [new NamedImprint("old", other.Build(SampleImprints.Run))] });

        Assert.Contains("There is no comparison with old.", page, StringComparison.Ordinal);
        Assert.Contains("different models: content hash eeeeeeeeeeee", page.Replace("aaaaaaaaaaaa and ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("<b>old</b> is left out.", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_LargestInput_StaysSmallAndNamesWhatIsLeftOut()
    {
        var imprint = ReportImprints.Largest();
        var policy = Policies.Read("policy: 1\ncoverage:\n" + string.Concat(Enumerable.Range(0, ReportImprints.LargestValues)
            .Select(static index => $"  - value: v-{index}\n    scope: chosen\n    minimum: 99.9%\n")));
        var text = new string('"', 10_000);

        var page = Page(new HtmlReport
        {
            Imprint = imprint,
            Result = GateEvaluator.Judge(imprint, policy, imprint),
            History = [.. Enumerable.Repeat(new NamedImprint(new string('"', 500), imprint), 40)],
            Examples = [.. Enumerable.Range(0, 1000).Select(index => new ExampleText(TextScope.Chosen, index, text))],
        });

        Assert.InRange(Encoding.UTF8.GetByteCount(page), 100_000, ReportLimits.MaxBytes);
        foreach (var left in (string[])["270 values between", "250 more rules", "33 older imprints", "944 more examples", "9,950 more files", "more reasons"])
        {
            Assert.Contains(left, page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Write_Thinness_FollowsTheIntervals()
    {
        // 1,000 of 20,000 texts are of Duty, below half of the average of 14.3 %, by far; 7 % of few texts is not settled.
        var sure = Page(new HtmlReport { Imprint = ReportImprints.Split(duty: 1000, wisdom: 19_000) });
        var unsure = Page(new HtmlReport { Imprint = ReportImprints.Split(duty: 1, wisdom: 14) });

        Assert.Matches("Duty/Accountability</span> <span class=\"tag thin\">thin", sure);
        Assert.Matches("Duty/Accountability</span> <span class=\"tag quiet\">perhaps thin", unsure);
        Assert.DoesNotMatch("Wisdom/Knowledge</span> <span class=\"tag", sure);
    }

    [Theory]
    [InlineData(0.0001, 0, 0.0002)]
    [InlineData(0.31, 0, 0.4)]
    [InlineData(1, 0, 1)]
    public void Shares_Largest_LiesWithinARoundScale(double largest, double lower, double upper)
    {
        var scale = ChartScale.Shares([largest, double.NaN]);

        Assert.Equal(lower, scale.Lower);
        Assert.True(scale.Upper >= largest && scale.Upper <= Math.Max(upper, 0.0005), scale.ToString());
        Assert.InRange(scale.Steps, 1, 5);
        Assert.Equal(100, scale.At(scale.Upper + 1));
    }

    [Fact]
    public void Name_CutBesideASurrogate_KeepsWholeCharacters()
    {
        var name = ReportText.Name(string.Concat(Enumerable.Repeat("x😀", 60)));

        Assert.Equal(name, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name)));
        Assert.InRange(name.Length, 60, 64);
    }

    private static string Page(HtmlReport report)
    {
        using var writer = new StringWriter(CultureInfo.CurrentCulture);
        report.Write(writer);
        return writer.ToString();
    }

    private static int Occurrences(string text, string part) => text.Split(part).Length - 1;

    [GeneratedRegex("<style>.*?</style>", RegexOptions.Singleline)]
    private static partial Regex Style();
}
