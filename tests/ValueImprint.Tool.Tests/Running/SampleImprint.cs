using ValueImprint.Core.Imprints;
using ValueImprint.Core.Taxonomy;
using ValueImprint.Inference.Models;

namespace ValueImprint.Tool.Tests.Running;

/// <summary>Imprints with known counts.</summary>
internal static class SampleImprint
{
    private static readonly Stance[] _stances = [Stance.Upholds, Stance.Upholds, Stance.Violates, Stance.Neutral];

    public static ImprintModel Model { get; } = new()
    {
        Name = "tiny",
        Version = "1.0",
        ContentHash = new string('a', 64),
        TokenizerHash = new string('b', 64),
        MaxTokens = 256,
        Truncation = TruncationStrategy.HeadTail,
        HeadShare = 0.5,
        HasStance = true,
    };

    public static ImprintRun Run { get; } = new(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero), TimeSpan.FromSeconds(3), "test 1.0");

    /// <summary>1,000 preference pairs: the chosen side has value v in (v + 1) of 28 rows, the rejected side the other way round.</summary>
    public static Imprint Pairs() => Pairs("pairs.jsonl", 1000, static row => ValueOfRow(row % 28));

    /// <summary>500 pairs that differ from <see cref="Pairs()"/>: every fifth chosen text has value 2 instead.</summary>
    public static Imprint DriftedPairs() => Pairs("drifted.jsonl", 500, static row => row % 5 == 0 ? 2 : ValueOfRow(row % 28));

    /// <summary>20 pairs: too few to compare with much confidence.</summary>
    public static Imprint FewPairs() => Pairs("few.jsonl", 20, static row => ValueOfRow(row % 28));

    /// <summary>A file with rows, all of them rejected.</summary>
    public static Imprint OfNothing()
    {
        var builder = new ImprintBuilder(Model, ValueTaxonomy.BuiltIn.Identity);
        builder.AddFile("empty.jsonl", 0, new string('d', 64));
        return builder.Build(Run);
    }

    private static Imprint Pairs(string name, int rows, Func<int, int> valueOfRow)
    {
        var builder = new ImprintBuilder(Model, ValueTaxonomy.BuiltIn.Identity);
        var file = builder.AddFile(name, 123_456, new string('c', 64));
        for (var row = 0; row < rows; row++)
        {
            var value = valueOfRow(row);
            builder.AddRow(file, [Text(TextScope.Chosen, value, row), Text(TextScope.Rejected, 6 - value, row + 2)]);
        }

        builder.AddRejected(file, rows + 1, "missing-field");
        return builder.Build(Run);
    }

    private static TextVerdict Text(TextScope scope, int value, int row)
    {
        var scores = new float[7];
        Array.Fill(scores, 0.05f);
        scores[value] = 0.7f;
        return new TextVerdict(scope, new[] { value }, scores, _stances[row % 4], Truncated: row % 10 == 0);
    }

    // 1 row of value 0, 2 of value 1, … 7 of value 6: 28 rows.
    private static int ValueOfRow(int row)
    {
        var value = 0;
        for (var left = row; left > value; value++)
        {
            left -= value + 1;
        }

        return value;
    }
}
