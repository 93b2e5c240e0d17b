using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Tests.Imprints;

public sealed class ImprintBuilderTests
{
    [Fact]
    public void Build_RowsOfEveryKind_AccountsForEach()
    {
        var builder = SampleImprints.Builder();
        builder.AddRow(0, [SampleImprints.Text(TextScope.Chosen, SampleImprints.Justice), SampleImprints.Text(TextScope.Rejected, null, score: 0.2f)]);
        builder.AddRow(0, [SampleImprints.Text(TextScope.Response, SampleImprints.Duty, Stance.Violates, truncated: true)]);
        builder.AddRejected(0, 5, "missing-field");
        builder.AddRejected(0, 3, "missing-field");
        builder.AddDuplicate(0);

        var imprint = builder.Build(SampleImprints.Run);

        Assert.Equal((5, 2, 2, 1), (imprint.Rows.Read, imprint.Rows.Classified, imprint.Rows.Rejected, imprint.Rows.Duplicates));
        Assert.Equal((5, 2, 2), (builder.RowsRead, builder.RowsClassified, builder.RowsRejected));
        Assert.Equal(5, Assert.Single(imprint.Files).Rows);
        Assert.Equal([new("pairs.jsonl", 3, "missing-field"), new("pairs.jsonl", 5, "missing-field")], imprint.Rows.RejectedPlaces);
        Assert.Equal(3, imprint.Texts);
        Assert.Equal([TextScope.Chosen, TextScope.Rejected, TextScope.Response], imprint.Scopes.Select(static scope => scope.Scope));
        Assert.Equal((1, 1), (imprint[TextScope.Chosen].Values[SampleImprints.Justice].Texts, imprint[TextScope.Chosen].Values[SampleImprints.Justice].Upholds));
        Assert.Equal((1, 1), (imprint[TextScope.Rejected].Texts, imprint[TextScope.Rejected].Abstained));
        Assert.Equal((1, 1), (imprint[TextScope.Response].Truncated, imprint[TextScope.Response].Values[SampleImprints.Duty].Violates));
        Assert.Equal(0, imprint[TextScope.Text].Texts);
    }

    [Fact]
    public void AddRow_Score_GoesIntoItsBin()
    {
        var builder = SampleImprints.Builder();
        builder.AddRow(0, [SampleImprints.Text(TextScope.Text, SampleImprints.Justice, score: 0.949f)]);
        builder.AddRow(0, [SampleImprints.Text(TextScope.Text, SampleImprints.Justice, score: 1f)]);
        builder.AddRow(0, [SampleImprints.Text(TextScope.Text, SampleImprints.Justice, score: 0.9501f)]);

        var scores = builder.Build(SampleImprints.Run)[TextScope.Text].Values[SampleImprints.Justice].Scores;

        Assert.Equal((1, 2, 3), (scores[18], scores[19], scores.Sum()));
    }

    [Fact]
    public void AddRow_NoTexts_Throws() => Assert.Throws<ArgumentException>(() => SampleImprints.Builder().AddRow(0, []));

    [Fact]
    public void AddRow_NaNScore_ThrowsAndCountsNothing()
    {
        var builder = SampleImprints.Builder();
        var bad = new TextVerdict(TextScope.Chosen, new[] { 0 }, new[] { float.NaN, 0, 0, 0, 0, 0, 0 }, Stance.Neutral);

        Assert.Throws<ArgumentOutOfRangeException>(() => builder.AddRow(0, [SampleImprints.Text(TextScope.Rejected, 1), bad]));

        Assert.Equal(0, builder.RowsRead);
        Assert.Equal(0, builder.Build(SampleImprints.Run).Texts);
    }

    [Fact]
    public void AddRow_VerdictThatDoesNotFit_Throws()
    {
        var fine = SampleImprints.Text(TextScope.Chosen, 1);
        TextVerdict[] bad =
        [
            fine with { Scores = new float[6] },
            fine with { Values = new[] { 7 } },
            fine with { Values = new[] { -1 } },
            fine with { Values = new[] { 1, 2 } },
            fine with { Values = new[] { 2 } },
            fine with { Stance = null },
            fine with { Scores = new float[] { 0, 1.5f, 0, 0, 0, 0, 0 } },
        ];

        Assert.All(bad, static verdict =>
        {
            var builder = SampleImprints.Builder();
            Assert.ThrowsAny<ArgumentException>(() => builder.AddRow(0, [verdict]));
            Assert.Equal(0, builder.RowsRead);
        });
    }

    [Fact]
    public void AddRow_UnknownFile_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleImprints.Builder().AddRow(1, [SampleImprints.Text(TextScope.Chosen, 1)]));

    [Theory]
    [InlineData("Some text of the dataset")]
    [InlineData("")]
    [InlineData("über")]
    public void AddRejected_ReasonThatIsNoCode_Throws(string reason) =>
        Assert.Throws<ArgumentException>(() => SampleImprints.Builder().AddRejected(0, 1, reason));

    [Fact]
    public void AddRejected_ManyRows_KeepsTheFirstPlacesByLine()
    {
        var builder = SampleImprints.Builder();
        for (var line = 1000; line > 0; line--)
        {
            builder.AddRejected(0, line, "bad-json");
        }

        var rows = builder.Build(SampleImprints.Run).Rows;

        Assert.Equal(1000, rows.Rejected);
        Assert.Equal(Enumerable.Range(1, RowCounts.MaxRejectedPlaces).Select(static line => (long)line), rows.RejectedPlaces.Select(static place => place.Line));
    }

    [Fact]
    public void AddRejected_EndlessReasons_AreBounded()
    {
        var builder = SampleImprints.Builder();
        for (var index = 1; index <= 500; index++)
        {
            builder.AddRejected(0, index, FormattableString.Invariant($"reason-{index}"));
        }

        var rows = builder.Build(SampleImprints.Run).Rows;

        Assert.Equal(500, rows.Rejected);
        Assert.Equal(ImprintBuilder.MaxReasons + 1, rows.RejectedByReason.Count);
    }

    [Fact]
    public void AddFile_SameAgain_GivesTheSameIndex()
    {
        var builder = new ImprintBuilder(SampleImprints.Model, SampleImprints.Seven);

        Assert.Equal(0, builder.AddFile("a", 1, "x"));
        Assert.Equal(1, builder.AddFile("b", 1, "x"));
        Assert.Equal(0, builder.AddFile("a", 1, "x"));
    }

    [Fact]
    public void AddRow_Pairs_CountsSidesAndTransitions()
    {
        var builder = SampleImprints.Builder();
        builder.AddRow(0, [SampleImprints.Text(TextScope.Chosen, SampleImprints.Duty), SampleImprints.Text(TextScope.Rejected, SampleImprints.Duty, Stance.Violates)]);
        builder.AddRow(0, [SampleImprints.Text(TextScope.Rejected, SampleImprints.Wisdom), SampleImprints.Text(TextScope.Chosen, SampleImprints.Duty)]);
        builder.AddRow(0, [SampleImprints.Text(TextScope.Chosen, null, score: 0.2f), SampleImprints.Text(TextScope.Rejected, SampleImprints.Duty)]);
        builder.AddRow(0, [SampleImprints.Text(TextScope.Chosen, SampleImprints.Duty)]);
        builder.AddRow(0, [
            SampleImprints.Text(TextScope.Chosen, 1), SampleImprints.Text(TextScope.Chosen, 1), SampleImprints.Text(TextScope.Rejected, 1)]);

        var pairs = builder.Build(SampleImprints.Run).Pairs;

        Assert.Equal(3, pairs.Pairs);
        Assert.Equal(new PairedCounts(1, 1, 1), pairs.Values[SampleImprints.Duty]);
        Assert.Equal(new PairedCounts(0, 2, 1), pairs.Upheld[SampleImprints.Duty]);
        Assert.Equal(1, pairs.Transition(SampleImprints.Duty, SampleImprints.Duty));
        Assert.Equal(1, pairs.Transition(SampleImprints.Wisdom, SampleImprints.Duty));
        Assert.Equal(1, pairs.Transition(SampleImprints.Duty, 7));
    }

    [Fact]
    public void AddRow_SeveralLabels_CountsATextOnceInAGroup()
    {
        var builder = SampleImprints.MultiLabelBuilder();
        builder.AddRow(0, [SampleImprints.Labels(TextScope.Text, 3, 1)]);
        builder.AddRow(0, [SampleImprints.Labels(TextScope.Text, 1, 3)]);
        builder.AddRow(0, [SampleImprints.Labels(TextScope.Text, 3)]);
        builder.AddRow(0, [SampleImprints.Labels(TextScope.Text)]);

        var scope = builder.Build(SampleImprints.Run)[TextScope.Text];

        Assert.Equal(3, scope.CountAny([1, 3], null, ProblemType.MultiLabel));
        Assert.Equal(2, scope.CountAny([1, 2], null, ProblemType.MultiLabel));
        Assert.Equal(3, scope.LabelSets?.Count);
        Assert.Equal(1, scope.Abstained);
    }

    [Fact]
    public void AddRow_EndlessLabelSets_AreGivenUp()
    {
        var builder = SampleImprints.MultiLabelBuilder();
        for (var set = 0; set <= LabelSets.MaxSets; set++)
        {
            builder.AddRow(0, [SampleImprints.Labels(TextScope.Text, [.. Enumerable.Range(0, 13).Where(bit => (set >> bit & 1) == 1)])]);
        }

        var scope = builder.Build(SampleImprints.Run)[TextScope.Text];

        Assert.Null(scope.LabelSets);
        Assert.Null(scope.CountAny([1, 3], null, ProblemType.MultiLabel));
        Assert.NotNull(scope.CountAny([1], null, ProblemType.MultiLabel));
    }
}
