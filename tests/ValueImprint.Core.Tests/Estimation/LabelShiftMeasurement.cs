using System.Globalization;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Tests.Estimation;

/// <summary>
/// Measures the methods of <see cref="Prevalence"/> on annotated texts, where only the mixture differs and where the texts are of another
/// source: the tables of the README beside it.
/// </summary>
public sealed class LabelShiftMeasurement(ITestOutputHelper output)
{
    private const int Values = 7;
    private const int Rounds = 300;
    private const int IntervalRounds = 60;
    private const int FewestTexts = 40;

    // Half of what a report shows, a tenth of a point: shares of exactly 0 are common in a small source.
    private const double Shown = 0.0005;

    [Fact]
    public void Estimate_ResampledAnnotations_ErrsLeastByDefaultUnderShift()
    {
        var classified = Classified();
        Write($"{classified.Length} texts, accuracy {classified.Average(static text => text.Predicted == text.Actual ? 1.0 : 0):F3}");

        foreach (var (shift, concentration) in new[] { ("none", double.PositiveInfinity), ("mild", 30), ("strong", 0) })
        {
            foreach (var (texts, bins) in new[] { (500, 1), (500, 4), (5000, 1), (5000, 4) })
            {
                var (errors, held) = Measure(classified, concentration, texts, bins);
                Write($"{shift}, {texts} texts, {bins} bins; intervals held {held:P1} of shares; errors in points:");
                foreach (var (method, error) in errors)
                {
                    Write($"    {method} {error * 100:F2}");
                }

                Assert.True(shift == "none" || errors[Prevalence.DefaultMethod] <= errors.Values.Min() * 1.02);
            }
        }
    }

    [Fact]
    public void Estimate_AnotherSource_IsMostlyHeld()
    {
        var classified = Classified();
        foreach (var bins in new[] { 1, 2, 4 })
        {
            var errors = Enum.GetValues<PrevalenceMethod>().ToDictionary(static method => method, static _ => 0.0);
            string[] sources = [.. classified.CountBy(static text => text.Source)
                .Where(static source => source.Value >= FewestTexts).Select(static source => source.Key)];
            var held = 0;
            foreach (var source in sources)
            {
                ClassifiedText[] audited = [.. classified.Where(text => text.Source == source)];
                var confusion = Confusion([.. classified.Where(text => text.Source != source)], bins);
                double[] truth = [.. Enumerable.Range(0, Values).Select(value => audited.Average(text => text.Actual == value ? 1.0 : 0))];
                var imprint = Audit(confusion, audited);
                foreach (var method in errors.Keys)
                {
                    errors[method] += Error(Prevalence.EstimateShares(confusion, [imprint[TextScope.Text]], method), truth) / sources.Length;
                }

                held += CountHeld(imprint, truth);
            }

            var share = held / (double)(sources.Length * Values);
            Write($"{sources.Length} other sources, {bins} bins; intervals held {share:P1} of shares; errors in points:");
            foreach (var (method, error) in errors)
            {
                Write($"    {method} {error * 100:F2}");
            }

            Assert.True(bins < 4 || share > 0.85);
        }
    }

    private static ClassifiedText[] Classified()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("VALUEIMPRINT_MEASURE") == "1", "Takes minutes; set VALUEIMPRINT_MEASURE=1.");
        var folder = AnnotatedTexts.Folder();
        Assert.SkipWhen(folder is null, "The annotations are not beside the repository; set VALUEIMPRINT_DATA.");
        return Classify(AnnotatedTexts.Read(folder));
    }

    private static double Error(double[] shares, double[] truth) => shares.Zip(truth, static (share, actual) => Math.Abs(share - actual)).Average();

    private static ClassifiedText[] Classify(IReadOnlyList<AnnotatedText> texts)
    {
        var classified = new List<ClassifiedText>();
        for (var fold = 0; fold < 5; fold++)
        {
            var classifier = new LinearClassifier([.. texts.Where(text => text.Fold != fold)], new Random(fold));
            classified.AddRange(texts.Where(text => text.Fold == fold && text.IsRandom)
                .Select(text => new ClassifiedText(text.Value, text.Source, classifier.Classify(text))));
        }

        return [.. classified];
    }

    private static (Dictionary<PrevalenceMethod, double> Errors, double Held) Measure(
        ClassifiedText[] texts, double concentration, int size, int bins)
    {
        var held = 0;
        var errors = Enum.GetValues<PrevalenceMethod>().ToDictionary(static method => method, static _ => 0.0);
        var (shuffle, random) = (new Random(1), new SeededRandom(1));
        for (var round = 0; round < Rounds; round++)
        {
            shuffle.Shuffle(texts);
            var (validation, pool) = (texts[..(texts.Length / 2)], texts[(texts.Length / 2)..]);
            var mixture = Mixture(pool, concentration, random);
            var imprint = Audit(Confusion(validation, bins), pool, mixture, size, random);
            foreach (var method in errors.Keys)
            {
                var shares = Prevalence.EstimateShares(Confusion(validation, bins), [imprint[TextScope.Text]], method);
                errors[method] += Error(shares, mixture) / Rounds;
            }

            held += round < IntervalRounds ? CountHeld(imprint, mixture) : 0;
        }

        return (errors, held / (double)(IntervalRounds * Values));
    }

    private static int CountHeld(Imprint imprint, double[] mixture)
    {
        Assert.True(Prevalence.TryEstimate(imprint, TextScope.Text, out var prevalence, out _));
        return prevalence.Values.Index().Count(value =>
            value.Item.Interval.Lower - Shown <= mixture[value.Index] && mixture[value.Index] <= value.Item.Interval.Upper + Shown);
    }

    private static ConfusionMatrix Confusion(ClassifiedText[] texts, int bins)
    {
        var counts = new long[Values * Values * bins];
        foreach (var text in texts)
        {
            var bin = ScoreHistogram.BinOf(text.Scores[text.Predicted]) * bins / ScoreHistogram.Bins;
            counts[(text.Actual * Values + text.Predicted) * bins + bin]++;
        }

        return new ConfusionMatrix(Values, counts);
    }

    private static double[] Mixture(ClassifiedText[] pool, double concentration, SeededRandom random)
    {
        double[] natural = [.. Enumerable.Range(0, Values).Select(value => pool.Average(text => text.Actual == value ? 1.0 : 0))];
        double[] weights = double.IsInfinity(concentration) ? natural
            : concentration == 0 ? [.. natural.Select(_ => random.NextGamma(1))]
            : [.. natural.Select(share => random.NextGamma(share * concentration))];
        return [.. weights.Select(weight => weight / weights.Sum())];
    }

    private static Imprint Audit(ConfusionMatrix confusion, ClassifiedText[] pool, double[] mixture, int size, SeededRandom random)
    {
        var texts = new ClassifiedText[size];
        ClassifiedText[][] byValue = [.. Enumerable.Range(0, Values).Select(value => pool.Where(text => text.Actual == value).ToArray())];
        foreach (ref var text in texts.AsSpan())
        {
            var (chance, value) = (random.NextDouble(), 0);
            while (value < Values - 1 && (chance -= mixture[value]) >= 0)
            {
                value++;
            }

            text = byValue[value][(int)(random.NextDouble() * byValue[value].Length)];
        }

        return Audit(confusion, texts);
    }

    private static Imprint Audit(ConfusionMatrix confusion, ClassifiedText[] texts)
    {
        var builder = new ImprintBuilder(SampleImprints.Model with { Confusion = confusion, HasStance = false }, SampleImprints.Seven);
        builder.AddFile("annotated", 1, "x");
        foreach (var text in texts)
        {
            builder.AddRow(0, [new TextVerdict(TextScope.Text, new[] { text.Predicted }, text.Scores)]);
        }

        return builder.Build(ImprintRun.None);
    }

    private void Write(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private sealed record ClassifiedText(int Actual, string Source, float[] Scores)
    {
        public int Predicted { get; } = Array.IndexOf(Scores, Scores.Max());
    }
}
