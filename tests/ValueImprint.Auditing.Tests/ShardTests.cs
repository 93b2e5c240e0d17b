using ValueImprint.Client;
using System.Globalization;
using System.Text.Json;
using ValueImprint.Client.FakeServer;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Imprints;
using ValueImprint.Datasets;

namespace ValueImprint.Auditing.Tests;

public sealed class ShardTests : AuditTestBase
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task RunAsync_AllShardsMerged_GiveTheImprintOfTheWhole(int seed)
    {
        var random = new Random(seed);
        var sources = RandomFiles(random);
        var count = random.Next(1, 7);
        var options = new AuditOptions
        {
            MaxBadRowShare = 1,
            SkipDuplicates = random.Next(2) == 0,
            DuplicateLikeness = (TextLikeness)random.Next(2),
            SkipNearDuplicates = random.Next(2) == 0,
        };

        var whole = await AuditAsync(sources, options);
        var shards = new List<Imprint>();
        for (var index = 1; index <= count; index++)
        {
            shards.Add(await AuditAsync(sources, options with { Shard = new Shard(index, count) }));
        }

        shards = [.. shards.Select(static shard => (Shard: shard, Key: Random.Shared.Next())).OrderBy(static pair => pair.Key).Select(static pair => pair.Shard)];
        var merged = shards.Aggregate(Merge);

        Assert.Equal(ImprintWriter.ContentHash(whole), ImprintWriter.ContentHash(merged));
        Assert.Null(merged.Part);
        Assert.Equal(count, merged.Units.Sum(static set => set.Count));
        Assert.Equal(whole.Rows.Read, shards.Sum(static shard => shard.Rows.Read));
    }

    [Fact]
    public async Task RunAsync_ManyRows_AreSpreadOverAllShards()
    {
        var source = File("a.jsonl", [.. Enumerable.Range(0, 400).Select(static i => Pair($"chosen {i}", $"rejected {i}"))]);

        for (var index = 1; index <= 4; index++)
        {
            Assert.InRange((await AuditAsync([source], new AuditOptions { Shard = new Shard(index, 4) })).Rows.Read, 60, 140);
        }
    }

    [Fact]
    public async Task RunAsync_SameRowsInOtherFilesAndOrder_StayInTheirShard()
    {
        string[] rows = [.. Enumerable.Range(0, 50).Select(static i => Pair($"chosen {i}", $"rejected {i}"))];
        var together = await AuditAsync([File("a.jsonl", rows)], new AuditOptions { Shard = new Shard(1, 3) });
        var apart = await AuditAsync(
            [File("b.jsonl", [.. rows[20..].Reverse()]), File("c.jsonl", rows[..20])], new AuditOptions { Shard = new Shard(1, 3) });

        Assert.Equal(together.Rows.Classified, apart.Rows.Classified);
        Assert.Equal(
            together[TextScope.Chosen].Values.SelectMany(static value => value.Scores), apart[TextScope.Chosen].Values.SelectMany(static value => value.Scores));
    }

    [Fact]
    public async Task RunAsync_FewBadRowsInASmallShard_AreJudgedOverAllRows()
    {
        var source = File("a.jsonl", [.. Enumerable.Range(0, 99).Select(static i => Pair($"x{i}", $"y{i}")), "no json"]);

        for (var index = 1; index <= 10; index++)
        {
            await AuditAsync([source], new AuditOptions { Shard = new Shard(index, 10), MaxBadRowShare = 0.01m });
        }

        // Also in a shard that none of the bad rows belongs to.
        for (var index = 1; index <= 10; index++)
        {
            var shard = new Shard(index, 10);
            var fault = await Assert.ThrowsAsync<AuditException>(() => AuditAsync([source], new AuditOptions { Shard = shard, MaxBadRowShare = 0.009m }));
            Assert.Equal(DiagnosticCatalogue.TooManyBadRows, fault.Diagnostic.Code);
            Assert.Contains("1 of 100 rows", fault.Message, StringComparison.Ordinal);
            Assert.Contains("a.jsonl(100)", fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task RunAsync_ShardWithoutRows_AddsNothing()
    {
        var source = File("a.jsonl", Pair("one", "two"));
        var shards = new List<Imprint>();
        for (var index = 1; index <= 3; index++)
        {
            shards.Add(await AuditAsync([source], new AuditOptions { Shard = new Shard(index, 3) }));
        }

        Assert.Equal(2, shards.Count(static shard => shard.Rows.Read == 0));
        Assert.Equal(1, shards.Aggregate(Merge).Rows.Classified);
    }

    private static Imprint Merge(Imprint left, Imprint right) =>
        Imprint.TryMerge(left, right, out var merged, out var problem) ? merged : throw new InvalidOperationException(problem);

    private async Task<Imprint> AuditAsync(IReadOnlyList<DatasetSource> sources, AuditOptions options)
    {
        using var client = new ClassifierClient(Clients.Options(Host));
        return (await new AuditRunner(client).RunAsync(sources, options, TestContext.Current.CancellationToken).Soon()).Imprint;
    }

    // Few different texts, so that there are duplicates; rows that can't be read; texts that can't be classified.
    private List<DatasetSource> RandomFiles(Random random) =>
    [
        .. Enumerable.Range(0, random.Next(1, 4)).Select(file => File(
            string.Create(CultureInfo.InvariantCulture, $"{file}.jsonl"),
            [Pair("Always", "there"), .. Enumerable.Range(0, random.Next(0, 80)).Select(_ => random.Next(20) switch
            {
                0 => "{",
                1 => Pair("good", FakeModel.UnclassifiableWord),
                2 => Pair("SOME, text!", "other"),
                3 => Pair("some text", "other"),
                var other => Pair($"chosen {other % 7}", $"rejected {random.Next(5)}"),
            })])),
    ];
}
