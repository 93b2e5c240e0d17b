using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Tests.Imprints;

public sealed class DatasetReadingTests
{
    private static readonly DatasetReading _pairs = new("dpo", [("prompt", "query"), ("chosen", "chosen"), ("rejected", "rejected")]);
    private static readonly DatasetReading _answers = new("hh-rlhf", [("chosen", "chosen"), ("rejected", "rejected")]);

    [Fact]
    public void ToBytes_Readings_AreReadBack()
    {
        var imprint = Of([_pairs, _answers], "margin", "source");

        using var stream = new MemoryStream(ImprintWriter.ToBytes(imprint));
        Assert.True(ImprintReader.TryRead(stream, "a.imprint.json", out var read, out _));

        Assert.Equal(imprint.Files, read.Files);
        Assert.Equal("dpo (prompt=query, chosen, rejected)", read.Files[0].Readings[0].ToString());
    }

    [Fact]
    public void TryMerge_OfOneFilesParts_UnitesTheirReadings()
    {
        Assert.True(Imprint.TryMerge(Of(new Shard(1, 2), [_pairs], "a"), Of(new Shard(2, 2), [_answers], "b"), out var merged, out var problem), problem);

        var file = Assert.Single(merged.Files);
        Assert.Equal([_pairs, _answers], file.Readings);
        Assert.Equal(["a", "b"], file.Unread);
    }

    [Fact]
    public void Judge_BaselineOfAnotherReading_IsInconclusive()
    {
        var policy = Policies.Read("policy: 1\ndrift:\n  - {max_divergence: 0.5, scope: chosen}\n");

        var result = GateEvaluator.Judge(Of([_answers]), policy, Of([_pairs]));

        Assert.Contains("hh-rlhf (chosen, rejected), and dpo (prompt, chosen, rejected)", Assert.Single(result.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherReadingThan_FieldOfAnotherName_IsTheSameReading()
    {
        var renamed = _pairs with { Fields = [("prompt", "question"), ("chosen", "chosen"), ("rejected", "rejected")] };

        Assert.Null(Of([_pairs]).OtherReadingThan(Of([renamed])));
    }

    [Fact]
    public void OtherReadingThan_OtherWinner_IsAnotherReading()
    {
        static DatasetReading By(string field) => new("comparison", [("first", "response_0"), ("second", "response_1"), ("winner", field)]);

        Assert.NotNull(Of([By("better_response_id")]).OtherReadingThan(Of([By("safer_response_id")])));
    }

    private static Imprint Of(DatasetReading[] readings, params string[] unread) => Of(Shard.Whole, readings, unread);

    private static Imprint Of(Shard part, DatasetReading[] readings, params string[] unread)
    {
        var builder = new ImprintBuilder(SampleImprints.Model, SampleImprints.Seven);
        builder.EndFile(builder.BeginFile("a.jsonl"), 1, new string('0', 64), readings, unread);
        for (var row = 0; row < 200; row++)
        {
            builder.AddRow(0, [SampleImprints.Text(TextScope.Chosen, SampleImprints.Justice)]);
        }

        return builder.Build(SampleImprints.Run, part);
    }
}
