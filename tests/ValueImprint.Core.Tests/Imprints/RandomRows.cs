using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Tests.Imprints;

/// <summary>Rows of every kind, drawn at random.</summary>
internal static class RandomRows
{
    private static readonly string[] _reasons = ["missing-field", "bad-json", "empty-text"];

    /// <param name="type">The model's.</param>
    /// <param name="dataset">Tells the files from those of another one.</param>
    public static ImprintBuilder Builder(ProblemType type, int dataset = 0)
    {
        var builder = type == ProblemType.SingleLabel
            ? new ImprintBuilder(SampleImprints.Model, SampleImprints.Seven)
            : new ImprintBuilder(SampleImprints.MultiLabelModel, SampleImprints.Schwartz);
        builder.AddFile("b.jsonl", 20, new string((char)('b' + 2 * dataset), 64));
        builder.AddFile("a.jsonl", 10, new string((char)('a' + 2 * dataset), 64));
        return builder;
    }

    /// <summary>A row that can be added to several builders.</summary>
    public static Action<ImprintBuilder> Next(Random random, ProblemType type, long line)
    {
        var file = random.Next(2);
        var reason = _reasons[random.Next(_reasons.Length)];
        TextVerdict[] texts = random.Next(3) == 0
            ? [Text(random, type, TextScope.Response)]
            : [Text(random, type, TextScope.Chosen), Text(random, type, TextScope.Rejected)];
        return random.Next(6) switch
        {
            0 => builder => builder.AddRejected(file, line, reason),
            1 => builder => builder.AddDuplicate(file),
            _ => builder => builder.AddRow(file, texts),
        };
    }

    public static Imprint Imprint(Random random, ProblemType type) => Imprint(random, type, 0, Shard.Whole);

    /// <summary>The imprint of one unit.</summary>
    public static Imprint Imprint(Random random, ProblemType type, int dataset, Shard part)
    {
        var builder = Builder(type, dataset);
        var rows = random.Next(0, 120);
        for (var row = 0; row < rows; row++)
        {
            Next(random, type, random.Next(1, 1000))(builder);
        }

        var created = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(random.Next(1000));
        return builder.Build(new ImprintRun(created, TimeSpan.FromMilliseconds(random.Next(1000)), $"test {random.Next(3)}"), part);
    }

    private static TextVerdict Text(Random random, ProblemType type, TextScope scope)
    {
        if (type == ProblemType.MultiLabel)
        {
            var labels = Enumerable.Range(0, random.Next(0, 4)).Select(_ => random.Next(SampleImprints.Schwartz.Values.Count));
            return SampleImprints.Labels(scope, [.. labels.Distinct()]);
        }

        var abstains = random.Next(10) == 0;
        var score = abstains ? 0.2f : 0.3f + 0.7f * random.NextSingle();
        return SampleImprints.Text(scope, abstains ? null : random.Next(7), (Stance)random.Next(3), score, random.Next(5) == 0);
    }
}
