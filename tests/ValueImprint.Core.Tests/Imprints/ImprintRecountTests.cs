using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Tests.Imprints;

public sealed class ImprintRecountTests
{
    private const int Rounds = 20;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 0.5)]
    [InlineData(0.5, 0.5)]
    [InlineData(0.5, 0.2)]
    [InlineData(0.3, 1)]
    public void TryBuild_AnotherThreshold_GivesWhatAnAuditByItGives(double before, double after)
    {
        const int seed = 3;
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var rows = Enumerable.Range(0, random.Next(1, 80)).Select(_ => Scores(random)).ToList();
            var audited = Audit(rows, before);
            var recount = new ImprintRecount(audited, after);
            foreach (var row in rows)
            {
                recount.AddRow(Decide(row, before));
            }

            Assert.True(recount.TryBuild(SampleImprints.Run, out var imprint, out var problem), $"seed {seed}, round {round}: {problem}");
            Assert.Equal(ImprintWriter.ToBytes(Audit(rows, after)), ImprintWriter.ToBytes(imprint));
        }
    }

    [Fact]
    public void TryBuild_RowMissingTwiceOrChanged_SaysSo()
    {
        var random = new Random(9);
        var rows = Enumerable.Range(0, 10).Select(_ => Scores(random)).ToList();
        var audited = Audit(rows, 0);

        Assert.False(Recounts(audited, rows.Skip(1)));
        Assert.False(Recounts(audited, rows.Append(rows[0])));
        Assert.False(Recounts(audited, rows.Skip(1).Append(Scores(random))));
        Assert.True(Recounts(audited, rows));
    }

    [Fact]
    public void Constructor_MultiLabelAndLowerThreshold_IsRefused()
    {
        var audited = new ImprintBuilder(SampleImprints.MultiLabelModel with { AbstainBelow = 0.4 }, SampleImprints.Schwartz).Build(SampleImprints.Run);

        var fault = Assert.Throws<ArgumentException>(() => new ImprintRecount(audited, 0.3));

        Assert.Contains("recorded no values", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryBuild_MultiLabelAndHigherThreshold_DropsTheValuesOfTextsBelow()
    {
        var builder = new ImprintBuilder(SampleImprints.MultiLabelModel, SampleImprints.Schwartz);
        builder.AddFile("a.jsonl", 1, new string('a', 64));
        TextVerdict[] texts = [SampleImprints.Labels(TextScope.Response, 1, 2), SampleImprints.Labels(TextScope.Response, 3) with { Scores = Low() }];
        foreach (var text in texts)
        {
            builder.AddRow(0, [text]);
        }

        var recount = new ImprintRecount(builder.Build(SampleImprints.Run), 0.5);
        recount.AddRow([texts[0]]);
        recount.AddRow([texts[1]]);

        Assert.True(recount.TryBuild(SampleImprints.Run, out var imprint, out var problem), problem);
        Assert.Equal(1, imprint[TextScope.Response].Abstained);
        Assert.Equal(1, imprint[TextScope.Response].Values[2].Texts);
        Assert.Equal(0, imprint[TextScope.Response].Values[3].Texts);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Constructor_NoThreshold_IsRefused(double threshold) => Assert.Throws<ArgumentException>(() => new ImprintRecount(SampleImprints.Of(1, 2), threshold));

    private static bool Recounts(Imprint audited, IEnumerable<TextVerdict[]> rows)
    {
        var recount = new ImprintRecount(audited, 0.5);
        foreach (var row in rows)
        {
            recount.AddRow(Decide(row, 0));
        }

        return recount.TryBuild(SampleImprints.Run, out _, out _);
    }

    // An audit with a threshold, as a server decides.
    private static Imprint Audit(List<TextVerdict[]> rows, double threshold)
    {
        var builder = new ImprintBuilder(SampleImprints.Model with { AbstainBelow = threshold }, SampleImprints.Seven);
        var file = builder.AddFile("a.jsonl", 10, new string('a', 64));
        foreach (var row in rows)
        {
            builder.AddRow(file, Decide(row, threshold));
        }

        builder.AddRejected(file, 7, "missing-field");
        builder.AddDuplicate(file);
        return builder.Build(SampleImprints.Run);
    }

    private static TextVerdict[] Decide(TextVerdict[] texts, double threshold) =>
        [.. texts.Select(text => text.Scores.Span[text.Values.Span[0]] < threshold ? text with { Values = default } : text)];

    private static TextVerdict[] Scores(Random random) => random.Next(3) == 0
        ? [Text(random, TextScope.Response), Text(random, TextScope.Response)]
        : [Text(random, TextScope.Chosen), Text(random, TextScope.Rejected)];

    private static TextVerdict Text(Random random, TextScope scope) =>
        SampleImprints.Text(scope, random.Next(7), (Stance)random.Next(3), 0.2f + (0.8f * random.NextSingle()), random.Next(4) == 0);

    private static float[] Low()
    {
        var scores = new float[SampleImprints.Schwartz.Values.Count];
        scores[3] = 0.4f;
        return scores;
    }
}
