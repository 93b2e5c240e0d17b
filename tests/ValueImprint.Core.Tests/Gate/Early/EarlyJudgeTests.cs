using System.Globalization;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Gate.Early;
using ValueImprint.Core.Imprints;
using ValueImprint.Core.Tests.Estimation;

namespace ValueImprint.Core.Tests.Gate.Early;

public sealed class EarlyJudgeTests(ITestOutputHelper output)
{
    private const string Groups = "policy: 1\ngroups:\n  both: [justice, empathy]\ncoverage:\n";
    private const decimal MaxBadRows = 0.05m;

    // Bounds sit where the dataset's own share is, give or take a little: the hardest place.
    private static readonly string[] _rules =
    [
        "  - {{value: justice, scope: chosen, minimum: {0}}}\n",
        "  - {{value: justice, scope: chosen, maximum: {0}}}\n",
        "  - {{value: justice, scope: all, minimum: {0}, judge: lower}}\n",
        "  - {{value: justice, scope: all, maximum: {0}, judge: lower}}\n",
        "  - {{group: both, scope: rejected, minimum: {0}, judge: upper}}\n",
        "  - {{group: both, scope: all, maximum: {0}, judge: upper}}\n",
        "  - {{value: justice, scope: chosen, stance: upholds, minimum: {0}}}\n",
        "  - {{value: justice, scope: all, minimum: {0}, on_straddle: inconclusive}}\n",
        "  - {{value: justice, scope: chosen, minimum: {0}, minimum_texts: 250}}\n",
        "  - {{value: justice, scope: response, minimum: {0}}}\n",
    ];

    [Fact]
    public void Add_ThousandsOfDatasets_DisagreesWithTheFullAuditNoMoreOftenThanStated()
    {
        const int datasets = 2000, rows = 300;
        const double errorRate = 0.1;
        var (wrong, early) = (0, 0);
        for (var seed = 0; seed < datasets; seed++)
        {
            var data = new SimulatedRows(rows, (ulong)seed);
            var imprint = data.Audit();
            var policy = Policies.Read(Groups + PolicyNear(imprint, _rules[seed % _rules.Length], seed));

            var judge = new EarlyJudge(policy, SampleImprints.Seven, data.Survey, MaxBadRows, errorRate);
            foreach (var row in data.Shuffled().TakeWhile(_ => !judge.IsSettled))
            {
                judge.Add(row);
            }

            if (judge.IsSettled)
            {
                early += judge.Rows < rows ? 1 : 0;
                wrong += IsSame(judge, imprint, policy) ? 0 : 1;
            }
        }

        output.WriteLine($"{datasets} datasets of {rows} rows: {early} settled early, {wrong} otherwise than by a full audit");
        Assert.InRange(early, datasets / 5, datasets);
        Assert.InRange(wrong, 1, datasets * errorRate);
    }

    [Theory]
    [InlineData(0.30, BrokenBound.None, Verdict.Pass)]
    [InlineData(0.05, BrokenBound.Minimum, Verdict.Fail)]
    [InlineData(0.80, BrokenBound.Maximum, Verdict.Fail)]
    public void Conclude_ClearCase_GivesRangeAndRows(double share, BrokenBound broken, Verdict verdict)
    {
        const int rows = 20_000;
        var policy = Policies.Read(Groups + "  - {value: justice, scope: text, minimum: 10%, maximum: 50%}\n");
        var judge = new EarlyJudge(policy, SampleImprints.Seven, TextRows(rows), 0.01m, 0.01);
        var order = new RandomOrder(rows, (long)(rows * share), 5);

        while (!judge.IsSettled)
        {
            judge.Add([SampleImprints.Text(TextScope.Text, order.Next() > 0 ? SampleImprints.Justice : SampleImprints.Wisdom)]);
        }

        var result = judge.Conclude(SampleImprints.Of(1, 1));
        var outcome = Assert.IsType<CoverageOutcome>(Assert.Single(result.Rules));
        Assert.Equal((verdict, verdict, broken), (result.Verdict, outcome.Verdict, outcome.Broken));
        Assert.Equal(new EarlyDecision(judge.Rows, rows, 0.01), result.Early);
        Assert.InRange(outcome.SettledAfter!.Value, 10, judge.Rows);
        Assert.InRange(judge.Rows, 10, 3000);
        Assert.InRange(share, outcome.Interval.Lower, outcome.Interval.Upper);
        Assert.Equal(broken == BrokenBound.None ? 0 : 1, result.Diagnostics.Count);
        Assert.All(result.Diagnostics, diagnostic => Assert.Contains("rows in random order, error rate at most 1.00 %", diagnostic.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void HasTooManyBadRows_OneRowInTen_IsFoundSoon()
    {
        var judge = new EarlyJudge(Minimum("text"), SampleImprints.Seven, TextRows(10_000), 0.01m, 0.01);

        while (!judge.IsSettled)
        {
            judge.Add(judge.Rows % 10 == 9 ? [] : [SampleImprints.Text(TextScope.Text, SampleImprints.Justice)]);
        }

        Assert.True(judge.HasTooManyBadRows);
        Assert.InRange(judge.Rows, 10, 500);
        Assert.Throws<InvalidOperationException>(() => judge.Conclude(SampleImprints.Of(1, 1)));
    }

    [Fact]
    public void IsSettled_NoBadRowAllowed_TakesAllRows()
    {
        var judge = new EarlyJudge(Minimum("text"), SampleImprints.Seven, TextRows(500), 0.001m, 0.01);

        for (var row = 0; row < 499; row++)
        {
            judge.Add([SampleImprints.Text(TextScope.Text, SampleImprints.Justice)]);
            Assert.False(judge.IsSettled);
        }
    }

    [Fact]
    public void Conclude_ScopeThatNoRowHas_IsInconclusiveWithoutATextOfIt()
    {
        var judge = new EarlyJudge(Minimum("chosen"), SampleImprints.Seven, TextRows(1000), 1m, 0.01);

        var result = judge.Conclude(SampleImprints.Of(1, 1));

        Assert.Equal((0, Verdict.Inconclusive), (judge.Rows, result.Verdict));
        Assert.Equal("VI3002", Assert.Single(result.Diagnostics).Code.Id);
    }

    [Theory]
    [InlineData("  - {value: justice, scope: chosen, minimum: 1%, estimate: adjusted}\n", "VI0024")]
    [InlineData("  - {value: justice, scope: chosen, minimum: 1%}\ncontrast:\n  - {value: justice, minimum: 1%}\n", "VI0024")]
    [InlineData("  - {value: justice, scope: chosen, minimum: 1%}\ndrift:\n  - {value: justice, scope: chosen, max_drop: 1%}\n", "VI0024")]
    [InlineData("  - {value: justice, scope: chosen, minimum: 1%, stance: upholds}\n", "VI0022")]
    public void Check_RuleThatNeedsMore_SaysWhere(string rules, string code)
    {
        var diagnostic = Assert.Single(EarlyLimits.Check(Policies.Read(Groups + rules), SampleImprints.Model with { HasStance = false }));

        Assert.Equal(code, diagnostic.Code.Id);
        Assert.True(diagnostic.Position.Line > 4, diagnostic.ToString());
    }

    [Fact]
    public void Check_GroupOfAMultiLabelModel_IsRefused()
    {
        var policy = Policies.Read("policy: 1\ngroups:\n  g: [value-1, value-2]\ncoverage:\n  - {group: g, scope: text, minimum: 1%}\n  - {value: value-1, scope: text, minimum: 1%}\n");

        Assert.Equal(5, Assert.Single(EarlyLimits.Check(policy, SampleImprints.MultiLabelModel)).Position.Line);
    }

    private static bool IsSame(EarlyJudge judge, Imprint imprint, Policy policy)
    {
        var isTooBad = imprint.Rows.Rejected > MaxBadRows * imprint.Rows.Read;
        if (judge.HasTooManyBadRows || isTooBad)
        {
            return judge.HasTooManyBadRows == isTooBad;
        }

        var (early, full) = (judge.Conclude(imprint), GateEvaluator.Judge(imprint, policy));
        return early.Verdict == full.Verdict
            && early.Rules.Cast<CoverageOutcome>().Zip(full.Rules.Cast<CoverageOutcome>()).All(static pair => pair.First.Broken == pair.Second.Broken);
    }

    private static string PolicyNear(Imprint imprint, string rule, int seed)
    {
        var shares = imprint.Scopes.Select(static scope => (double)scope.Values[SampleImprints.Justice].Texts / scope.Texts).ToArray();
        var shift = (seed / 10 % 7 - 3) * 0.02;
        var bound = Math.Clamp(shares.Average() + shift, 0.01, 0.99);
        return string.Format(CultureInfo.InvariantCulture, rule, bound.ToString("F4", CultureInfo.InvariantCulture));
    }

    private static EarlySurvey TextRows(int rows)
    {
        var survey = new EarlySurvey();
        for (var row = 0; row < rows; row++)
        {
            survey.AddRow([TextScope.Text]);
        }

        return survey;
    }

    private static Policy Minimum(string scope) => Policies.Read(Groups + $"  - {{value: justice, scope: {scope}, minimum: 10%}}\n");
}
