using System.Text;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Tests.Imprints;

public sealed class MergeLawTests
{
    private const int Rounds = 60;

    public static TheoryData<ProblemType> ProblemTypes => [ProblemType.SingleLabel, ProblemType.MultiLabel];

    [Theory]
    [MemberData(nameof(ProblemTypes))]
    public void TryMerge_AnyUnits_IsAssociative(ProblemType type) => ForRandomUnits(type, static (a, b, c) =>
        (Merge(Merge(a, b), c), Merge(a, Merge(b, c))));

    [Theory]
    [MemberData(nameof(ProblemTypes))]
    public void TryMerge_AnyUnits_IsCommutative(ProblemType type) => ForRandomUnits(type, static (a, b, c) =>
        (Merge(Merge(a, c), b), Merge(b, Merge(a, c))));

    [Theory]
    [MemberData(nameof(ProblemTypes))]
    public void TryMerge_Itself_ChangesNothing(ProblemType type) => ForRandomUnits(type, static (a, b, c) =>
        (Merge(Merge(a, Merge(b, c)), Merge(a, Merge(b, c))), Merge(a, Merge(b, c))));

    [Theory]
    [MemberData(nameof(ProblemTypes))]
    public void TryMerge_Empty_ChangesNothing(ProblemType type) => ForRandomUnits(type, static (a, b, c) =>
        (Merge(Merge(a, b), Imprint.Empty(a.Model, a.Taxonomy)), Merge(Imprint.Empty(a.Model, a.Taxonomy), Merge(a, b))));

    [Theory]
    [MemberData(nameof(ProblemTypes))]
    public void TryMerge_UnitsAnyNumberOfTimesInAnyOrder_CountOnce(ProblemType type)
    {
        const int seed = 5;
        var random = new Random(seed);
        for (var round = 0; round < Rounds / 4; round++)
        {
            var units = Units(random, type);
            var drawn = units.Concat(Enumerable.Range(0, 8).Select(_ => units[random.Next(units.Length)])).ToArray();
            random.Shuffle(drawn);

            AssertSame(units.Aggregate(Merge), drawn.Aggregate(Merge), $"seed {seed}, round {round}");
        }
    }

    [Theory]
    [MemberData(nameof(ProblemTypes))]
    public void TryMerge_Shards_GiveTheImprintOfTheWhole(ProblemType type)
    {
        const int seed = 7;
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var rows = Enumerable.Range(0, random.Next(0, 200)).Select(index => RandomRows.Next(random, type, index + 1)).ToList();
            var shards = Enumerable.Range(0, 3).Select(_ => RandomRows.Builder(type)).ToList();
            var whole = RandomRows.Builder(type);
            foreach (var row in rows)
            {
                row(whole);
                row(shards[random.Next(shards.Count)]);
            }

            // The run tells times and units, which differ between the two.
            var merged = shards.Select(static (shard, index) => shard.Build(SampleImprints.Run, new Shard(index + 1, 3))).Aggregate(Merge);
            Assert.True(ImprintWriter.ContentHash(whole.Build(SampleImprints.Run)) == ImprintWriter.ContentHash(merged), $"seed {seed}, round {round}");
        }
    }

    [Fact]
    public void Build_RowsInAnyOrder_GivesTheSameImprint()
    {
        const int seed = 11;
        var random = new Random(seed);
        var rows = Enumerable.Range(0, 300).Select(index => RandomRows.Next(random, ProblemType.SingleLabel, index + 1)).ToArray();
        var forwards = RandomRows.Builder(ProblemType.SingleLabel);
        Array.ForEach(rows, row => row(forwards));
        random.Shuffle(rows);
        var shuffled = RandomRows.Builder(ProblemType.SingleLabel);
        Array.ForEach(rows, row => row(shuffled));

        AssertSame(forwards.Build(SampleImprints.Run), shuffled.Build(SampleImprints.Run), $"seed {seed}");
    }

    [Fact]
    public void TryMerge_AnotherModel_IsRefusedWithTheDifference()
    {
        var other = new ImprintBuilder(SampleImprints.Model with { ContentHash = new string('d', 64) }, SampleImprints.Seven).Build(SampleImprints.Run);

        Assert.False(Imprint.TryMerge(SampleImprints.Of(1, 2), other, out _, out var problem));
        Assert.Contains("content hash aaaaaaaaaaaa and dddddddddddd", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void TryMerge_AnotherThreshold_IsRefusedWithTheDifference()
    {
        var other = new ImprintBuilder(SampleImprints.Model with { AbstainBelow = 0.25 }, SampleImprints.Seven).Build(SampleImprints.Run);

        Assert.False(Imprint.TryMerge(SampleImprints.Of(1, 2), other, out _, out var problem));
        Assert.Contains("abstention threshold 0 and 0.25", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void TryMerge_AnotherTaxonomy_IsRefused()
    {
        var other = new ImprintBuilder(SampleImprints.Model, SampleImprints.Schwartz).Build(SampleImprints.Run);

        Assert.False(Imprint.TryMerge(SampleImprints.Of(1, 2), other, out _, out var problem));
        Assert.Contains("value-imprint 1.0 and schwartz 1.0", problem, StringComparison.Ordinal);
    }

    // Two datasets, each divided into units; all of them are there, and no two are of the same rows.
    private static Imprint[] Units(Random random, ProblemType type) =>
    [
        .. Enumerable.Range(1, 3).Select(part => RandomRows.Imprint(random, type, 0, new Shard(part, 3))),
        .. Enumerable.Range(1, 2).Select(part => RandomRows.Imprint(random, type, 1, new Shard(part, 2))),
    ];

    private static void ForRandomUnits(ProblemType type, Func<Imprint, Imprint, Imprint, (Imprint Left, Imprint Right)> law)
    {
        const int seed = 42;
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            // The same unit may be drawn twice.
            var units = Units(random, type);
            var (left, right) = law(units[random.Next(units.Length)], units[random.Next(units.Length)], units[random.Next(units.Length)]);
            AssertSame(left, right, $"seed {seed}, round {round}");
        }
    }

    private static Imprint Merge(Imprint left, Imprint right)
    {
        Assert.True(Imprint.TryMerge(left, right, out var merged, out var problem), problem);
        return merged;
    }

    private static void AssertSame(Imprint expected, Imprint actual, string where)
    {
        var (one, other) = (Encoding.UTF8.GetString(ImprintWriter.ToBytes(expected)), Encoding.UTF8.GetString(ImprintWriter.ToBytes(actual)));
        Assert.True(one == other, $"The imprints differ ({where}).");
    }
}
