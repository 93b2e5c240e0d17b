using ValueImprint.Client;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ValueImprint.Auditing.Early;
using ValueImprint.Client.FakeServer;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Datasets;

namespace ValueImprint.Auditing.Tests;

public sealed class EarlyRunnerTests : AuditTestBase
{
    // The fake model gives each of seven values to a seventh of the texts, near enough.
    private const string Clear = "minimum: 5%";

    private static readonly AuditOptions _lenient = new() { MaxBadRowShare = 0.05m };

    [Fact]
    public async Task RunAsync_ClearCase_TakesAPartOfTheRowsAndTheSameOnesAgain()
    {
        DatasetSource[] sources = [Pairs("a.jsonl", 0, 3000), Pairs("b.jsonl", 3000, 2000)];

        var result = await CheckAsync(sources, Rule(Clear));
        var again = await CheckAsync(sources, Rule(Clear), _lenient with { Stream = new ClassifyStreamOptions { WindowTexts = 7, BatchTexts = 3 } });

        Assert.Equal(Verdict.Pass, result.Verdict);
        Assert.InRange(result.Early!.RowsNeeded, 50, 1500);
        Assert.Equal(5000, result.Early.RowsRead);
        Assert.Equal(result.Early, again.Early);
        Assert.Equal(Found(result), Found(again));
        Assert.Equal(result.Early.RowsNeeded, Found(result).Share.Total);
    }

    [Fact]
    public async Task RunAsync_ClearlyBroken_FailsEarlyAndSaysSo()
    {
        var result = await CheckAsync([Pairs("a.jsonl", 0, 5000)], Rule("minimum: 30%"));

        Assert.Equal(Verdict.Fail, result.Verdict);
        Assert.InRange(result.Early!.RowsNeeded, 10, 1500);
        Assert.Equal(DiagnosticCatalogue.BelowMinimum, Assert.Single(result.Diagnostics).Code);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    public async Task RunAsync_BoundAtTheVeryShare_EndsAsTheFullAuditByteForByte(int mostDraws)
    {
        string[] lines = [.. Enumerable.Range(0, 800).Select(PairOf)];
        (lines[17], lines[333], lines[500]) = ("no json", Pair("fine", FakeModel.UnclassifiableWord), lines[3]);
        DatasetSource[] sources = [File("a.jsonl", lines), Pairs("b.jsonl", 5000, 100)];
        var options = _lenient with { SkipDuplicates = true };
        var full = await AuditAsync(sources, options);
        var share = full[TextScope.Chosen];
        var bound = FormattableString.Invariant($"minimum: {share.Values[2].Texts}/{share.Texts}");

        var result = await CheckAsync(sources, Rule(bound), options, new EarlyOptions { FirstRows = 100, MostDraws = mostDraws });

        Assert.Null(result.Early);
        Assert.Equal(Verdict.Pass, result.Verdict);
        Assert.Equal((900, 897, 2, 1), (result.Imprint.Rows.Read, result.Imprint.Rows.Classified, result.Imprint.Rows.Rejected, result.Imprint.Rows.Duplicates));
        Assert.Equal(ImprintWriter.ContentHash(full), ImprintWriter.ContentHash(result.Imprint));
    }

    [Fact]
    public async Task RunAsync_RowsLargerThanTheRoom_AreDrawnInParts()
    {
        var longText = new string('x', 20_000);
        var source = File("a.jsonl", [.. Enumerable.Range(0, 400).Select(index => Pair($"{longText} {index}", $"{index}"))]);
        var full = await AuditAsync([source], _lenient);
        var bound = FormattableString.Invariant($"minimum: {full[TextScope.Chosen].Values[2].Texts}/400");

        var result = await CheckAsync([source], Rule(bound), early: new EarlyOptions { MostBytes = 1024 * 1024 });

        Assert.Equal(ImprintWriter.ContentHash(full), ImprintWriter.ContentHash(result.Imprint));
    }

    [Fact]
    public async Task RunAsync_ManyRowsTheModelRefuses_StopsWithTheFirstOfThem()
    {
        var source = File("a.jsonl", [.. Enumerable.Range(0, 4000).Select(static index => index % 5 == 0 ? Pair($"a {index}", FakeModel.UnclassifiableWord) : PairOf(index))]);

        var fault = await Assert.ThrowsAsync<AuditException>(() => CheckAsync([source], Rule(Clear)));

        Assert.Equal(DiagnosticCatalogue.TooManyBadRows, fault.Diagnostic.Code);
        Assert.Contains("more than 5.00 %", fault.Message, StringComparison.Ordinal);
        Assert.Contains("a.jsonl(", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeModel.UnclassifiableWord, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ManyUnreadableRows_StopsBeforeTheFirstText()
    {
        var source = File("a.jsonl", [.. Enumerable.Range(0, 100).Select(static index => index % 5 == 0 ? "{" : PairOf(index))]);

        var fault = await Assert.ThrowsAsync<AuditException>(() => CheckAsync([source], Rule(Clear)));

        Assert.Equal(DiagnosticCatalogue.TooManyBadRows, fault.Diagnostic.Code);
        Assert.Equal(0, Host.Plan.Streams);
    }

    [Fact]
    public async Task RunAsync_NoRows_IsNotAPass()
    {
        var fault = await Assert.ThrowsAsync<AuditException>(() => CheckAsync([File("a.jsonl")], Rule(Clear)));

        Assert.Equal(DiagnosticCatalogue.NothingToJudge, fault.Diagnostic.Code);
    }

    [Fact]
    public async Task RunAsync_Shard_IsRefused()
    {
        var options = _lenient with { Shard = new Shard(1, 2) };

        var fault = await Assert.ThrowsAsync<AuditException>(() => CheckAsync([Pairs("a.jsonl", 0, 10)], Rule(Clear), options));

        Assert.Equal(DiagnosticKind.Usage, fault.Diagnostic.Code.Kind);
    }

    [Fact]
    public async Task RunAsync_FileThatChanges_IsNoticed()
    {
        var opened = 0;
        var source = DatasetSource.FromStream("a.jsonl", () => new MemoryStream(Encoding.UTF8.GetBytes(
            string.Concat(Enumerable.Range(opened++, 3000).Select(static index => PairOf(index) + "\n")))));

        var fault = await Assert.ThrowsAsync<AuditException>(() => CheckAsync([source], Rule(Clear)));

        Assert.Equal(DiagnosticCatalogue.UnreadableInput, fault.Diagnostic.Code);
        Assert.Contains("changed", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, int.MaxValue)]
    [InlineData(7, int.MaxValue)]
    [InlineData(1000, 40)]
    [InlineData(1000, 2000)]
    [InlineData(1000, int.MaxValue)]
    public void Take_AnyRoom_DrawsEachRowOnceInTheOrderOfPlaces(long mostRows, long mostBytes)
    {
        var order = RowOrder.Of([]);
        AuditRow[] rows = [.. Enumerable.Range(0, 200).Select(static row => new AuditRow(0, "a", row) { Texts = [new ScopedText(TextScope.Text, new string('x', row % 9))] })];
        var drawn = new List<long>();
        ulong? last = null;
        for (var isLast = false; !isLast;)
        {
            var draw = new RowDraw(last, mostRows, mostBytes);
            foreach (var row in rows)
            {
                draw.Offer(row, order.PlaceOf(row.Line));
            }

            drawn.AddRange(draw.Take(ref last).Select(static row => row.Line));
            isLast = draw.IsLast;
        }

        Assert.Equal(rows.Select(static row => row.Line).OrderBy(order.PlaceOf), drawn);
        Assert.NotEqual(rows.Select(static row => row.Line), drawn);
    }

    [Fact]
    public void PlaceOf_ManyRows_IsSpreadEvenly()
    {
        const int rows = 100_000;
        var order = RowOrder.Of([]);

        var quarters = Enumerable.Range(0, rows).CountBy(row => order.PlaceOf(row) >> 62).Select(static quarter => quarter.Value).ToList();

        // Four standard deviations of a quarter's count.
        Assert.Equal(4, quarters.Count);
        Assert.All(quarters, static count => Assert.InRange(count, rows / 4 - 550, rows / 4 + 550));
    }

    private static CoverageOutcome Found(GateResult result) => Assert.IsType<CoverageOutcome>(Assert.Single(result.Rules)) with { Values = [], Diagnostic = null };

    private static Policy Rule(string bound)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes($"policy: 1\ncoverage:\n  - {{value: justice, scope: chosen, {bound}}}\n"));
        Assert.True(Policy.TryRead(stream, "policy.yml", out var policy, out var diagnostics), string.Join('\n', diagnostics));
        return policy;
    }

    private async Task<GateResult> CheckAsync(
        IReadOnlyList<DatasetSource> sources, Policy policy, AuditOptions? options = null, EarlyOptions? early = null)
    {
        using var client = new ClassifierClient(Clients.Options(Host));
        return await new EarlyRunner(client).RunAsync(sources, policy, options ?? _lenient, early, TestContext.Current.CancellationToken).Soon();
    }

    private async Task<Imprint> AuditAsync(IReadOnlyList<DatasetSource> sources, AuditOptions options)
    {
        using var client = new ClassifierClient(Clients.Options(Host));
        return (await new AuditRunner(client).RunAsync(sources, options, TestContext.Current.CancellationToken).Soon()).Imprint;
    }

    private DatasetSource Pairs(string name, int first, int count) => File(name, [.. Enumerable.Range(first, count).Select(PairOf)]);

    private static string PairOf(int index) => Pair(
        string.Create(CultureInfo.InvariantCulture, $"chosen {index}"), string.Create(CultureInfo.InvariantCulture, $"rejected {index}"));
}
