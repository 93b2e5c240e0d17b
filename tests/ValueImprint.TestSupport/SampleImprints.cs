using ValueImprint.Core.Imprints;
using ValueImprint.Core.Taxonomy;

namespace ValueImprint.TestSupport;

/// <summary>Builds imprints for tests.</summary>
public static class SampleImprints
{
    public const int Justice = 2;
    public const int Duty = 3;
    public const int Wisdom = 4;
    public const int Empathy = 6;

    public static TaxonomyIdentity Seven => ValueTaxonomy.BuiltIn.Identity;

    public static TaxonomyIdentity Schwartz { get; } = new(
        "schwartz", "1.0", "beef", [.. Enumerable.Range(1, 20).Select(static index => new ValueName($"value-{index}", $"Value No. {index}"))]);

    public static ImprintModel Model { get; } = new()
    {
        Name = "tiny",
        Version = "1.0",
        ContentHash = new string('a', 64),
        TokenizerHash = new string('b', 64),
        MaxTokens = 256,
        Truncation = TruncationStrategy.HeadTail,
        HeadShare = 0.4,
        Temperature = 1.25,
        HasStance = true,
    };

    public static ImprintModel MultiLabelModel { get; } = Model with
    {
        Name = "schwartz-tiny", ProblemType = ProblemType.MultiLabel, HasStance = false,
    };

    public static ImprintRun Run { get; } = new(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero), TimeSpan.FromSeconds(3), "test 1.0");

    /// <summary>A verdict of the seven values; <see langword="null"/>: the model abstained.</summary>
    public static TextVerdict Text(TextScope scope, int? value, Stance? stance = Stance.Upholds, float score = 0.9f, bool truncated = false)
    {
        var scores = new float[Seven.Values.Count];
        Array.Fill(scores, (1 - score) / (scores.Length - 1));
        scores[value ?? 0] = score;
        return new TextVerdict(scope, value is { } index ? new[] { index } : ReadOnlyMemory<int>.Empty, scores, stance, truncated);
    }

    public static TextVerdict Labels(TextScope scope, params int[] values)
    {
        var scores = new float[Schwartz.Values.Count];
        foreach (var value in values)
        {
            scores[value] = 0.8f;
        }

        return new TextVerdict(scope, values, scores);
    }

    public static ImprintBuilder Builder() => WithFile(new ImprintBuilder(Model, Seven));

    public static ImprintBuilder MultiLabelBuilder() => WithFile(new ImprintBuilder(MultiLabelModel, Schwartz));

    /// <summary>An imprint of <paramref name="total"/> texts in a scope, <paramref name="count"/> of them of a value, the rest of Wisdom.</summary>
    public static Imprint Of(long count, long total, int value = Justice, TextScope scope = TextScope.Chosen, Stance stance = Stance.Upholds)
    {
        var builder = Builder();
        for (var index = 0; index < total; index++)
        {
            builder.AddRow(0, [Text(scope, index < count ? value : Wisdom, index < count ? stance : Stance.Neutral)]);
        }

        return builder.Build(Run);
    }

    private static ImprintBuilder WithFile(ImprintBuilder builder)
    {
        builder.AddFile("pairs.jsonl", 1234, new string('c', 64));
        return builder;
    }
}
