using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Tests.Estimation;

public sealed class PrevalenceTests
{
    private const ulong Seed = 20260131;
    private const int Texts = 1500;

    public static TheoryData<PrevalenceMethod> Corrections =>
    [
        PrevalenceMethod.AdjustedCount, PrevalenceMethod.ProbabilisticAdjustedCount, PrevalenceMethod.ExpectationMaximisation,
    ];

    [Theory]
    [MemberData(nameof(Corrections))]
    public void TryEstimate_ShiftedMixtures_ErrsFarLessThanCounting(PrevalenceMethod method)
    {
        var random = new SeededRandom(Seed);
        var classifier = new SimulatedClassifier(random, validationTexts: 2000);
        var (counted, corrected) = (0.0, 0.0);
        for (var round = 0; round < 20; round++)
        {
            var mixture = SimulatedClassifier.RandomMixture(random);
            var imprint = classifier.Audit(mixture, Texts, random);
            counted += Error(mixture, imprint, PrevalenceMethod.ClassifyAndCount);
            corrected += Error(mixture, imprint, method);
        }

        Assert.True(corrected < counted / 2, $"Seed {Seed}: {method} errs by {corrected / 20:F4}, counting by {counted / 20:F4}.");
    }

    [Fact]
    public void TryEstimate_ProbabilisticCount_IsPulledTowardsTheValidationSet()
    {
        var random = new SeededRandom(Seed);
        var classifier = new SimulatedClassifier(random, validationTexts: 2000);
        double[] mixture = [1, 0, 0, 0, 0, 0, 0];

        var estimate = Estimate(classifier.Audit(mixture, Texts, random), PrevalenceMethod.ProbabilisticCount);

        Assert.InRange(estimate.Values[0].Value, 0.3, 0.9);
        Assert.Equal(1, estimate.Values.Sum(static value => value.Value), 1e-9);
    }

    [Fact]
    public void TryEstimate_ManyDatasets_IntervalsHoldTheTruth()
    {
        var random = new SeededRandom(Seed);
        var (held, all) = (0, 0);
        for (var round = 0; round < 20; round++)
        {
            // A validation set of its own each time: its chance is part of what the interval covers.
            var classifier = new SimulatedClassifier(random, validationTexts: 1000);
            var mixture = SimulatedClassifier.RandomMixture(random);
            var estimate = Estimate(classifier.Audit(mixture, Texts, random), Prevalence.DefaultMethod);
            held += estimate.Values.Index().Count(value =>
                value.Item.Interval.Lower <= mixture[value.Index] && mixture[value.Index] <= value.Item.Interval.Upper);
            all += mixture.Length;
        }

        Assert.InRange(held / (double)all, 0.93, 1.0);
    }

    [Fact]
    public void TryEstimate_ValueThatNoTextHas_IsNotRuledOut()
    {
        var counts = new long[49];
        for (var value = 0; value < 7; value++)
        {
            counts[value * 8] = 1000;
        }

        var interval = Estimate(WithConfusion(new ConfusionMatrix(7, counts), SampleImprints.Duty, 0, 100), Prevalence.DefaultMethod).Values[SampleImprints.Duty].Interval;

        Assert.Equal(0, interval.Lower, 1e-3);
        Assert.InRange(interval.Upper, 0.001, 0.05);
    }

    [Fact]
    public void TryEstimate_VastValidationSet_KeepsTheDoubtBetweenSources()
    {
        var counts = new long[49];
        Array.Fill(counts, 1_000_000);
        for (var value = 0; value < 7; value++)
        {
            counts[value * 8] = 14_000_000;
        }

        var estimate = Estimate(WithConfusion(new ConfusionMatrix(7, counts), SampleImprints.Justice, 30_000, 100_000), Prevalence.DefaultMethod);

        var interval = estimate.Values[SampleImprints.Justice].Interval;
        Assert.InRange(interval.Upper - interval.Lower, 0.05, 0.6);
    }

    [Fact]
    public void TryEstimate_ModelWithoutErrors_GivesTheCounts()
    {
        var counts = new long[49];
        for (var value = 0; value < 7; value++)
        {
            counts[value * 7 + value] = 100_000;
        }

        var imprint = WithConfusion(new ConfusionMatrix(7, counts), SampleImprints.Justice, 30, 100);

        foreach (var method in Enum.GetValues<PrevalenceMethod>())
        {
            Assert.Equal(0.3, Estimate(imprint, method).Values[SampleImprints.Justice].Value, 0.001);
        }
    }

    [Fact]
    public void Of_SeveralValues_AddsThemUpWithTheirOwnInterval()
    {
        var random = new SeededRandom(Seed);
        var imprint = new SimulatedClassifier(random, 1000).Audit(SimulatedClassifier.RandomMixture(random), Texts, random);
        var estimate = Estimate(imprint, Prevalence.DefaultMethod);

        var all = estimate.Of([0, 1, 2, 3, 4, 5, 6]);

        Assert.Equal(1, all.Value, 1e-9);
        Assert.Equal(1, all.Interval.Lower, 1e-9);
        Assert.Equal(estimate.Values[0].Value + estimate.Values[1].Value, estimate.Of([0, 1]).Value, 1e-12);
    }

    [Fact]
    public void TryEstimate_SameImprintAgain_GivesTheSameInterval()
    {
        var random = new SeededRandom(Seed);
        var imprint = new SimulatedClassifier(random, 500).Audit(SimulatedClassifier.RandomMixture(random), 200, random);

        Assert.Equal(Estimate(imprint, Prevalence.DefaultMethod).Values, Estimate(imprint, Prevalence.DefaultMethod).Values);
    }

    [Fact]
    public void TryEstimate_NoConfusionMatrix_SaysWhatToDo()
    {
        Assert.False(Prevalence.TryEstimate(SampleImprints.Of(1, 10), TextScope.Chosen, out _, out var problem));
        Assert.Contains("states no confusion matrix", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void TryEstimate_ValueWithoutValidationTexts_NamesIt()
    {
        var counts = new long[49];
        Array.Fill(counts, 1, 0, 42);

        Assert.False(Prevalence.TryEstimate(
            WithConfusion(new ConfusionMatrix(7, counts), 0, 1, 2), TextScope.Chosen, out _, out var problem));
        Assert.Contains("'empathy'", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_Adjusted_JudgesThePrevalence()
    {
        // Half of Wisdom is taken for Justice, so 30 of 100 counted as Justice are none.
        var counts = new long[49];
        for (var value = 0; value < 7; value++)
        {
            counts[value * 7 + value] = value == SampleImprints.Wisdom ? 500_000 : 1_000_000;
        }

        counts[SampleImprints.Wisdom * 7 + SampleImprints.Justice] = 500_000;
        var imprint = WithConfusion(new ConfusionMatrix(7, counts), SampleImprints.Justice, 500, 1000);

        Assert.Equal(Verdict.Pass, GateEvaluator.Judge(imprint, Policies.Coverage("minimum: 20%")).Verdict);
        var result = GateEvaluator.Judge(imprint, Policies.Coverage("minimum: 20%\n    estimate: adjusted"));
        Assert.Equal(Verdict.Fail, result.Verdict);
        Assert.Contains("adjusted (counted 50.00 %, 500 of 1,000", Assert.Single(result.Diagnostics).Message, StringComparison.Ordinal);
        Assert.Equal("coverage/justice/chosen/adjusted", Assert.Single(result.Rules).Id);
    }

    [Fact]
    public void Judge_AdjustedWithoutMatrix_IsInconclusive()
    {
        var result = GateEvaluator.Judge(SampleImprints.Of(5, 10), Policies.Coverage("minimum: 20%\n    estimate: adjusted"));

        Assert.Equal(Verdict.Inconclusive, result.Verdict);
        Assert.Equal(DiagnosticCatalogue.AdjustmentNotPossible, Assert.Single(result.Diagnostics).Code);
    }

    [Fact]
    public void Judge_AdjustedByStance_IsRefused() => Assert.Contains(
        Policies.Refused(
            "policy: 1\ncoverage:\n  - {value: justice, scope: chosen, minimum: 2%, estimate: adjusted, stance: upholds}\n"),
        static diagnostic => diagnostic.Code == DiagnosticCatalogue.AmbiguousRule);

    [Theory]
    [InlineData("minimum: 2%\n    on_straddle: inconclusive", Verdict.Inconclusive)]
    [InlineData("minimum: 2%\n    on_straddle: inconclusive\n    level: warning", Verdict.Warn)]
    [InlineData("minimum: 2%\n    on_straddle: judge", Verdict.Pass)]
    [InlineData("minimum: 1%\n    on_straddle: inconclusive", Verdict.Pass)]
    [InlineData("minimum: 20%\n    on_straddle: inconclusive", Verdict.Fail)]
    public void Judge_BoundWithinTheInterval_IsInconclusiveWhereAsked(string keys, Verdict expected) =>
        Assert.Equal(expected, GateEvaluator.Judge(SampleImprints.Of(25, 1000), Policies.Coverage(keys)).Verdict);

    private static Imprint WithConfusion(ConfusionMatrix confusion, int value, int count, int total)
    {
        var builder = new ImprintBuilder(SampleImprints.Model with { Confusion = confusion }, SampleImprints.Seven);
        builder.AddFile("a", 1, "x");
        for (var text = 0; text < total; text++)
        {
            builder.AddRow(0, [SampleImprints.Text(TextScope.Chosen, text < count ? value : SampleImprints.Wisdom)]);
        }

        return builder.Build(SampleImprints.Run);
    }

    private static Prevalence Estimate(Imprint imprint, PrevalenceMethod method)
    {
        Assert.True(Prevalence.TryEstimate(imprint, TextScope.Chosen, out var estimate, out var problem, method: method), problem);
        return estimate;
    }

    private static double Error(double[] truth, Imprint imprint, PrevalenceMethod method)
    {
        Assert.NotNull(imprint.Model.Confusion);
        var shares = Prevalence.EstimateShares(imprint.Model.Confusion, [imprint[TextScope.Chosen]], method);
        return shares.Index().Average(share => Math.Abs(share.Item - truth[share.Index]));
    }
}
