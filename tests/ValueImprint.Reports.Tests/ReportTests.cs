using System.Globalization;
using System.Text.Json;
using System.Text;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Reports.Card;
using ValueImprint.Reports.Html;
using ValueImprint.Reports.Json;
using ValueImprint.Reports.Markdown;
using ValueImprint.Reports.Sarif;

namespace ValueImprint.Reports.Tests;

public sealed class ReportTests
{
    private const string Folder = "tests/ValueImprint.Reports.Tests/Snapshots/";

    [Fact]
    public void Markdown_Verdict_ComesFirst()
    {
        using var writer = new StringWriter(CultureInfo.CurrentCulture);
        MarkdownReport.Write(Result(), writer);

        Snapshot.Match(writer.ToString(), Folder + "verdict.md");
    }

    [Fact]
    public void Markdown_ImprintOfNothing_SaysSo()
    {
        using var writer = new StringWriter(CultureInfo.CurrentCulture);
        MarkdownReport.Write(Imprint.Empty(SampleImprints.Model, SampleImprints.Seven), writer);

        Assert.Contains("No texts were classified.", writer.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1/1", null)]
    [InlineData("2/8", "1 of 8 units")]
    [InlineData("2/8 3/8 5/8", "3 of 8 units")]
    [InlineData("1/2 2/2", "all, in 2 units")]
    public void Report_Units_SaysWhichPartItSpeaksFor(string units, string? expected)
    {
        var imprint = units.Split(' ').Select(static text => Shard.TryParse(text, out var unit) ? unit : default)
            .Select(static unit => SampleImprints.Builder().Build(SampleImprints.Run, unit))
            .Aggregate(static (left, right) => Imprint.TryMerge(left, right, out var sum, out var problem) ? sum : throw new InvalidOperationException(problem));
        using var markdown = new StringWriter(CultureInfo.InvariantCulture);
        using var html = new StringWriter(CultureInfo.InvariantCulture);

        MarkdownReport.Write(imprint, markdown);
        new HtmlReport { Imprint = imprint }.Write(html);

        Assert.Equal(expected, markdown.ToString().Split('\n').SingleOrDefault(static line => line.StartsWith("- Rows: ", StringComparison.Ordinal))?[8..]);
        Assert.Equal(expected is not null, html.ToString().Contains($"<dd>{expected}</dd>", StringComparison.Ordinal));
    }

    [Fact]
    public void Reports_VerdictOnAPart_SayOfHowMuch()
    {
        var builder = SampleImprints.Builder();
        builder.AddRow(0, [SampleImprints.Text(TextScope.Chosen, SampleImprints.Justice)]);
        var result = GateEvaluator.Judge(builder.Build(SampleImprints.Run, new Shard(1, 2)), Policies.Coverage("minimum: 10%"), allowPartial: true);
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using var bytes = new MemoryStream();

        MarkdownReport.Write(result, text);
        DatasetCard.Write(result.Imprint, result, text);
        new HtmlReport { Imprint = result.Imprint, Result = result }.Write(text);
        SarifReport.Write(result, "1", bytes);
        VerdictJson.Write(result, bytes);

        Assert.Contains("**Verdict: pass (1 of 2 units)**", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("**Gate: pass (1 of 2 units)**", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("Passed (1 of 2 units)", text.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, Encoding.UTF8.GetString(bytes.ToArray()).Split("\"part\": \"1 of 2 units\"").Length - 1);
    }

    [Fact]
    public void Markdown_NamesWithMarkup_AreEscaped()
    {
        var model = SampleImprints.Model with { Name = "<script>|`x`" };
        var builder = new ImprintBuilder(model, SampleImprints.Seven);
        builder.AddFile("a|b<img>.jsonl", 1, "x");
        using var writer = new StringWriter(CultureInfo.CurrentCulture);
        MarkdownReport.Write(builder.Build(SampleImprints.Run), writer);

        Assert.DoesNotContain("<script>", writer.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("<img>", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Markdown_Diff_ShowsEveryValue()
    {
        Assert.True(ImprintDiff.TryCreate(SampleImprints.Of(10, 90), Sample(), out var diff, out _));
        using var writer = new StringWriter(CultureInfo.CurrentCulture);
        DiffReport.Write(diff, writer);

        Snapshot.Match(writer.ToString(), Folder + "diff.md");
    }

    [Fact]
    public void Json_Diff_HasEveryScopeAndValue()
    {
        Assert.True(ImprintDiff.TryCreate(SampleImprints.Of(10, 90), Sample(), out var diff, out _));
        using var stream = new MemoryStream();
        DiffJson.Write(diff, stream);

        Snapshot.Match(Encoding.UTF8.GetString(stream.ToArray()), Folder + "diff.json");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Diff_OtherModel_IsSaidInEveryReport(bool isOther)
    {
        var builder = new ImprintBuilder(SampleImprints.Model with { ContentHash = isOther ? new string('e', 64) : SampleImprints.Model.ContentHash }, SampleImprints.Seven);
        builder.AddRow(builder.AddFile("a.jsonl", 1, new string('c', 64)), [SampleImprints.Text(TextScope.Chosen, SampleImprints.Duty)]);
        Assert.True(ImprintDiff.TryCreate(SampleImprints.Of(10, 90), builder.Build(SampleImprints.Run), out var diff, out _, allowOtherModel: true));
        using var markdown = new StringWriter(CultureInfo.InvariantCulture);
        using var json = new MemoryStream();

        DiffReport.Write(diff, markdown);
        DiffJson.Write(diff, json);

        Assert.Equal(isOther, markdown.ToString().Contains("different models", StringComparison.Ordinal));
        Assert.Equal(isOther, Encoding.UTF8.GetString(json.ToArray()).Contains("\"caution\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Json_ContrastAndDrift_HaveTheirNumbers()
    {
        var policy = Policies.Read(
            """
            policy: 1
            contrast:
              - value: duty
                minimum: 1%
            drift:
              - value: justice
                scope: chosen
                max_drop: 1%
                minimum_texts: 1
            """);
        using var stream = new MemoryStream();
        VerdictJson.Write(GateEvaluator.Judge(Sample(), policy, SampleImprints.Of(90, 90)), stream);

        Snapshot.Match(Encoding.UTF8.GetString(stream.ToArray()), Folder + "contrast-drift.json");
    }

    [Fact]
    public void Json_Verdict_HasEveryRule()
    {
        using var stream = new MemoryStream();
        VerdictJson.Write(Result(), stream);

        Snapshot.Match(Encoding.UTF8.GetString(stream.ToArray()), Folder + "verdict.json");
    }

    [Fact]
    public void Sarif_Verdict_HasOneResultForEachBrokenRule()
    {
        using var stream = new MemoryStream();
        SarifReport.Write(Result(), "1.2.3", stream);

        Snapshot.Match(Encoding.UTF8.GetString(stream.ToArray()), Folder + "verdict.sarif");
    }

    [Fact]
    public void Sarif_BoundChanged_KeepsItsFingerprint()
    {
        Assert.Equal(Fingerprint("minimum: 99%"), Fingerprint("minimum: 98%"));
        Assert.NotEqual(Fingerprint("minimum: 99%"), Fingerprint("minimum: 99%\n    level: warning"));
    }

    [Fact]
    public void Sarif_AbsolutePolicyPath_IsAFileUri()
    {
        var path = Path.Combine(Path.GetTempPath(), "a b", "policy.yml");
        var text = new CoverageRuleText { Value = "justice", Scope = "chosen", Minimum = "99%" };
        Assert.True(CoverageRule.TryCreate(text, new SourcePosition(path, 3), out var rule, out _));

        var uri = FirstResult(GateEvaluator.Judge(SampleImprints.Of(1, 10), Policy.Of(rule))).GetProperty("locations")[0]
            .GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString();

        Assert.Equal(new Uri(path).AbsoluteUri, uri);
    }

    [Fact]
    public void Table_Rows_FollowScopeAndTaxonomy()
    {
        var table = ImprintTable.Of(Sample());

        Assert.Equal(3 * 7 + 1, table.Rows.Count);
        Assert.Equal("Well-being/Peace", table.Rows[0].Name);
        Assert.Equal((TextScope.Rejected, "(abstained)"), (table.Rows[14].Scope, table.Rows[14].Name));
        var duty = table.Rows[7 + SampleImprints.Duty];
        Assert.Equal((2, 3, 0, 2, 0), (duty.Share.Count, duty.Share.Total, duty.Upholds, duty.Violates, duty.Neutral));
    }

    private static string? Fingerprint(string keys) =>
        FirstResult(GateEvaluator.Judge(SampleImprints.Of(1, 10), Policies.Coverage(keys)))
            .GetProperty("partialFingerprints").GetProperty("valueImprintRule/v1").GetString();

    private static JsonElement FirstResult(GateResult result)
    {
        using var stream = new MemoryStream();
        SarifReport.Write(result, "1.2.3", stream);
        return JsonDocument.Parse(stream.ToArray()).RootElement.GetProperty("runs")[0].GetProperty("results")[0];
    }

    private static GateResult Result() => GateEvaluator.Judge(Sample(), Policies.Read(
        """
        policy: 1
        taxonomy: value-imprint
        groups:
          prosocial: [well-being, justice, empathy, civility]
        coverage:
          - value: justice
            scope: chosen
            minimum: 20%
          - group: prosocial
            scope: chosen
            minimum: 75%
          - value: duty
            scope: rejected
            stance: violates
            maximum: 60%
            level: warning
          - value: wisdom
            scope: text
            maximum: 60%
        """));

    private static Imprint Sample()
    {
        var builder = SampleImprints.Builder();
        builder.AddRow(0, [SampleImprints.Text(TextScope.Chosen, SampleImprints.Justice), SampleImprints.Text(TextScope.Rejected, SampleImprints.Duty, Stance.Violates)]);
        builder.AddRow(0, [SampleImprints.Text(TextScope.Chosen, SampleImprints.Empathy), SampleImprints.Text(TextScope.Rejected, SampleImprints.Duty, Stance.Violates)]);
        builder.AddRow(0, [SampleImprints.Text(TextScope.Chosen, SampleImprints.Wisdom, truncated: true), SampleImprints.Text(TextScope.Rejected, null, score: 0.2f)]);
        builder.AddRow(0, [SampleImprints.Text(TextScope.Response, SampleImprints.Wisdom)]);
        builder.AddRejected(0, 17, "missing-field");
        return builder.Build(SampleImprints.Run);
    }
}
