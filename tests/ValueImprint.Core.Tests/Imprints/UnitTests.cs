using System.Text;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Tests.Imprints;

public sealed class UnitTests
{
    [Fact]
    public void Part_SomeUnits_SaysHowManyAndWhichAreMissing()
    {
        var part = Merge(Of("2/4"), Of("4/4"));

        Assert.Equal("2 of 4 units", part.Part);
        Assert.Equal([new Shard(1, 4), new Shard(3, 4)], part.MissingUnits);
        Assert.Null(Merge(Merge(part, Of("1/4")), Of("3/4")).Part);
        Assert.Null(Of("1/1").Part);
    }

    [Fact]
    public void TryMerge_SameUnitWithOtherCounts_IsRefused()
    {
        var problem = Refused(Of("1/3"), Of("1/3", texts: 3));

        Assert.Contains("Unit 1/3 was counted twice with different results", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1/3", "2/4", "")]
    [InlineData("1/3", "1/1", "")]
    [InlineData("1/1", "1/1", "unique")]
    public void TryMerge_SameRowsDividedOtherwise_IsRefused(string one, string other, string options)
    {
        Assert.Contains("Rows of 'pairs.jsonl' would be counted twice", Refused(Of(one), Of(other, options: options)), StringComparison.Ordinal);
        Assert.Contains("Rows of 'pairs.jsonl' would be counted twice", Refused(Of(other, options: options), Of(one)), StringComparison.Ordinal);
    }

    [Fact]
    public void TryMerge_UnitInBothBesideOthers_IsRefused() =>
        Assert.Contains("Some units are in both", Refused(Merge(Of("1/3"), Of("2/3")), Merge(Of("2/3"), Of("3/3"))), StringComparison.Ordinal);

    [Fact]
    public void TryMerge_UnitOfTheOther_ChangesNothing()
    {
        var two = Merge(Of("1/3"), Of("2/3"));

        Assert.Equal(ImprintWriter.ToBytes(two), ImprintWriter.ToBytes(Merge(Of("2/3"), two)));
        Assert.Equal(4, two.Texts);
    }

    [Fact]
    public void TryRead_Units_AreWhatWasWritten()
    {
        var written = ImprintWriter.ToBytes(Merge(Of("1/3"), Of("3/3")));

        Assert.True(TryRead(Encoding.UTF8.GetString(written), out var read, out var problem), problem);
        Assert.Equal(written, ImprintWriter.ToBytes(read!));
        Assert.Equal("2 of 3 units", read!.Part);
    }

    [Theory]
    [InlineData("\"count\": 3", "\"count\": 0", "VI3003: Not a valid imprint: 'run.units[0].count'")]
    [InlineData("\"1\": ", "\"4\": ", "VI3003: Not a valid imprint: 'run.units[0].counted.4' is no unit")]
    [InlineData("\"count\": 3,", "\"count\": 3, \"x\": 1,", "'run.units[0].x' is not known here")]
    [InlineData("pairs.jsonl", "other.jsonl", "VI3005: The imprint's counts do not add up. Each file belongs to the units of exactly one audit")]
    public void TryRead_BrokenUnits_AreRefused(string text, string broken, string expected)
    {
        var written = Encoding.UTF8.GetString(ImprintWriter.ToBytes(Of("1/3")));
        Assert.Contains(text, written, StringComparison.Ordinal);

        Assert.False(TryRead(written.Replace(text, broken, StringComparison.Ordinal), out _, out var problem));
        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void TryRead_EarlierSchema_IsOneUnitUnlessItWasOfShards()
    {
        var written = System.Text.Json.Nodes.JsonNode.Parse(ImprintWriter.ToBytes(Of("1/1")))!;
        written["imprint"] = 1;
        written["run"]!.AsObject().Remove("units");

        Assert.True(TryRead(written.ToJsonString(), out var read, out var problem), problem);
        Assert.Equal(ImprintWriter.ToBytes(Of("1/1")), ImprintWriter.ToBytes(read!));

        written["run"]!["shards"] = new System.Text.Json.Nodes.JsonArray("1/2");
        Assert.False(TryRead(written.ToJsonString(), out _, out problem));
        Assert.Contains("VI3004: The imprint was made of shards by an earlier version", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_Part_IsRefusedUnlessAskedFor()
    {
        var policy = Policies.Read("""
            policy: 1
            coverage:
              - value: justice
                scope: chosen
                minimum: 10%
            """);
        var part = Merge(Of("1/200"), Of("200/200"));

        var refused = GateEvaluator.Judge(part, policy);
        var judged = GateEvaluator.Judge(part, policy, allowPartial: true);

        Assert.Equal((Verdict.Inconclusive, "VI3016"), (refused.Verdict, Assert.Single(refused.Diagnostics).Code.Id));
        Assert.StartsWith("The imprint counts 2 of 200 units; rerun 2/200, 3/200,", refused.Diagnostics[0].Message, StringComparison.Ordinal);
        Assert.Contains("13/200 and 186 more and add them up", refused.Diagnostics[0].Message, StringComparison.Ordinal);
        Assert.Equal("pass (2 of 200 units)", judged.VerdictText);
        Assert.Equal("VI3016", Assert.Single(GateEvaluator.Judge(Of("1/1"), policy, part).Diagnostics).Code.Id);
    }

    private static Imprint Of(string part, long texts = 2, string options = "")
    {
        Assert.True(Shard.TryParse(part, out var shard));
        var builder = SampleImprints.Builder();
        for (var index = 0; index < texts; index++)
        {
            builder.AddRow(0, [SampleImprints.Text(TextScope.Chosen, SampleImprints.Justice)]);
        }

        return builder.Build(SampleImprints.Run, shard, options);
    }

    private static Imprint Merge(Imprint left, Imprint right)
    {
        Assert.True(Imprint.TryMerge(left, right, out var merged, out var problem), problem);
        return merged;
    }

    private static string Refused(Imprint left, Imprint right)
    {
        Assert.False(Imprint.TryMerge(left, right, out _, out var problem));
        return problem;
    }

    private static bool TryRead(string text, out Imprint? imprint, out string problem)
    {
        var isRead = ImprintReader.TryRead(new MemoryStream(Encoding.UTF8.GetBytes(text)), "a.imprint.json", out imprint, out var diagnostics);
        problem = diagnostics.Count == 0 ? "" : $"{diagnostics[0].Code.Id}: {diagnostics[0].Message}";
        return isRead;
    }
}
