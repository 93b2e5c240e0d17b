using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Tests.Imprints;

public sealed class ImprintFileTests
{
    public static TheoryData<ProblemType> ProblemTypes => [ProblemType.SingleLabel, ProblemType.MultiLabel];

    [Theory]
    [MemberData(nameof(ProblemTypes))]
    public void TryRead_WhatWasWritten_GivesTheSameBytes(ProblemType type)
    {
        var bytes = ImprintWriter.ToBytes(RandomRows.Imprint(new Random(3), type));

        var read = Read(bytes);

        Assert.Equal(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(ImprintWriter.ToBytes(read)));
    }

    [Fact]
    public void TryRead_Confusion_IsKept()
    {
        var confusion = new ConfusionMatrix(7, [.. Enumerable.Range(0, 49).Select(static count => (long)count)]);
        var builder = new ImprintBuilder(SampleImprints.Model with { Confusion = confusion }, SampleImprints.Seven);

        var read = Read(ImprintWriter.ToBytes(builder.Build(SampleImprints.Run)));

        Assert.Equal(confusion, read.Model.Confusion);
        Assert.Null(read.Model.DifferenceTo(builder.Build(SampleImprints.Run).Model));
    }

    [Fact]
    public void Write_NumbersAndTimes_AreInvariant()
    {
        var text = Encoding.UTF8.GetString(ImprintWriter.ToBytes(SampleImprints.Of(1, 3)));

        Assert.Contains("\"temperature\": 1.25,", text, StringComparison.Ordinal);
        Assert.Contains("\"created\": \"2026-01-31T12:00:00.000Z\"", text, StringComparison.Ordinal);
        Assert.Contains("\"name\": \"Justice & Human/Animal Rights\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
    }

    [Fact]
    public void ContentHash_AnotherRun_IsTheSame()
    {
        var one = SampleImprints.Of(1, 3);
        var other = one.WithRun(new ImprintRun(DateTimeOffset.UnixEpoch, TimeSpan.FromHours(1), "another"));

        Assert.Equal(ImprintWriter.ContentHash(one), ImprintWriter.ContentHash(other));
        Assert.NotEqual(ImprintWriter.ContentHash(one), ImprintWriter.ContentHash(SampleImprints.Of(2, 3)));
    }

    [Theory]
    [InlineData("", "VI3003")]
    [InlineData("{", "VI3003")]
    [InlineData("[]", "VI3003")]
    [InlineData("{}", "VI3003")]
    [InlineData("null", "VI3003")]
    [InlineData("{\"imprint\": 3}", "VI3004")]
    [InlineData("{\"imprint\": 1}", "VI3003")]
    [InlineData("{\"imprint\": 1, \"imprint\": 1}", "VI3003")]
    public void TryRead_NotAnImprint_IsRefusedWithItsCode(string text, string code)
    {
        Assert.False(ImprintReader.TryRead(new MemoryStream(Encoding.UTF8.GetBytes(text)), "a.imprint.json", out _, out var diagnostics));

        Assert.Equal(code, Assert.Single(diagnostics).Code.Id);
        Assert.Equal("a.imprint.json", Assert.Single(diagnostics).Position.File);
    }

    [Theory]
    [InlineData("pairs.jsonl", "pairs\\ud800.jsonl")]
    [InlineData("duration_ms", "\\udfff")]
    public void TryRead_HalfOfASurrogatePair_NamesThePlace(string text, string broken)
    {
        var bytes = Encoding.UTF8.GetString(ImprintWriter.ToBytes(SampleImprints.Of(1, 3)));
        Assert.Contains(text, bytes, StringComparison.Ordinal);

        Assert.False(ImprintReader.TryRead(new MemoryStream(Encoding.UTF8.GetBytes(bytes.Replace(text, broken, StringComparison.Ordinal))), "a.imprint.json", out _, out var diagnostics));

        var diagnostic = Assert.Single(diagnostics);
        Assert.Equal("VI3003", diagnostic.Code.Id);
        Assert.True(diagnostic.Position.Line > 0);
        Assert.Contains("half of a surrogate pair", diagnostic.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rows.read")]
    [InlineData("rows.classified")]
    [InlineData("rows.duplicates")]
    [InlineData("rows.rejected")]
    [InlineData("rows.rejected_by_reason.bad-json")]
    [InlineData("files.0.rows")]
    [InlineData("scopes.0.texts")]
    [InlineData("scopes.0.abstained")]
    [InlineData("scopes.0.values.2.texts")]
    [InlineData("scopes.0.values.2.upholds")]
    [InlineData("scopes.0.values.2.violates")]
    [InlineData("scopes.0.values.2.scores.18")]
    [InlineData("pairs.pairs")]
    [InlineData("pairs.values.2.has.both")]
    [InlineData("pairs.values.2.upholds.chosen_only")]
    [InlineData("pairs.transitions.2.3")]
    public void TryRead_OneCountChanged_IsRefused(string path)
    {
        var root = JsonNode.Parse(ImprintWriter.ToBytes(WithPairs()));
        JsonNode? node = root;
        foreach (var step in path.Split('.'))
        {
            node = node is JsonArray list ? list[int.Parse(step, CultureInfo.InvariantCulture)] : node?[step];
        }

        Assert.NotNull(node);
        node.ReplaceWith(node.GetValue<long>() + 1);

        Assert.False(ImprintReader.TryRead(
            new MemoryStream(Encoding.UTF8.GetBytes(root?.ToJsonString() ?? "")), "a.imprint.json", out _, out var diagnostics));

        Assert.Equal(DiagnosticCatalogue.AccountingBroken, Assert.Single(diagnostics).Code);
    }

    [Theory]
    [InlineData("\"texts\": 2", "\"texts\": -2")]
    [InlineData("\"texts\": 2", "\"texts\": 2.5")]
    [InlineData("\"texts\": 2", "\"texts\": \"2\"")]
    [InlineData("\"texts\": 2", "\"texts\": 1e30")]
    [InlineData("\"tool\": ", "\"toool\": ")]
    [InlineData("\"head+tail\"", "\"middle\"")]
    [InlineData("\"temperature\": 1.25", "\"temperature\": NaN")]
    [InlineData("\"scope\": \"rejected\"", "\"scope\": \"chosen\"")]
    [InlineData("\"id\": \"duty\"", "\"id\": \"justice\"")]
    [InlineData("\"value\": \"duty\"", "\"value\": \"justice\"")]
    [InlineData("\"bad-json\"", "\"some dataset text\"")]
    public void TryRead_OneMemberBroken_IsRefused(string found, string replacement)
    {
        var text = Encoding.UTF8.GetString(ImprintWriter.ToBytes(WithPairs()));
        Assert.Contains(found, text, StringComparison.Ordinal);

        Assert.False(ImprintReader.TryRead(
            new MemoryStream(Encoding.UTF8.GetBytes(text.Replace(found, replacement, StringComparison.Ordinal))), "a", out _, out var diagnostics));
        Assert.Single(diagnostics);
    }

    [Fact]
    public void TryRead_AnyByteChanged_NeverThrows()
    {
        const int seed = 5;
        var random = new Random(seed);
        var bytes = ImprintWriter.ToBytes(RandomRows.Imprint(new Random(3), ProblemType.SingleLabel));
        for (var round = 0; round < 2000; round++)
        {
            var mutated = bytes.ToArray();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
            }

            var fault = Record.Exception(() => ImprintReader.TryRead(new MemoryStream(mutated), "a", out _, out _));
            Assert.True(fault is null, $"Seed {seed}, round {round}: {fault}");
        }
    }

    private static Imprint WithPairs()
    {
        var builder = SampleImprints.Builder();
        builder.AddRow(0, [SampleImprints.Text(TextScope.Chosen, SampleImprints.Justice), SampleImprints.Text(TextScope.Rejected, SampleImprints.Duty, Stance.Violates)]);
        builder.AddRow(0, [SampleImprints.Text(TextScope.Chosen, SampleImprints.Justice), SampleImprints.Text(TextScope.Rejected, SampleImprints.Justice)]);
        builder.AddRejected(0, 3, "bad-json");
        builder.AddDuplicate(0);
        return builder.Build(SampleImprints.Run);
    }

    private static Imprint Read(byte[] bytes)
    {
        Assert.True(ImprintReader.TryRead(new MemoryStream(bytes), "a.imprint.json", out var read, out var diagnostics), string.Join('\n', diagnostics));
        return read;
    }
}
