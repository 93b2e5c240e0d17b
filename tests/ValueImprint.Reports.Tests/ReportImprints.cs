using ValueImprint.Core.Imprints;
using ValueImprint.Core.Taxonomy;

namespace ValueImprint.Reports.Tests;

/// <summary>Imprints that reports are tested with.</summary>
internal static class ReportImprints
{
    /// <summary>140 pairs whose chosen side has Justice and Empathy more often, with rejected and truncated texts.</summary>
    public static Imprint Pairs()
    {
        var builder = new ImprintBuilder(SampleImprints.Model with { Confusion = Confusion() }, SampleImprints.Seven);
        var file = builder.AddFile("pairs.jsonl", 1234, new string('c', 64));
        for (var row = 0; row < 140; row++)
        {
            builder.AddRow(file,
            [
                SampleImprints.Text(TextScope.Chosen, (row * 5 % 9) switch { 7 => SampleImprints.Justice, 8 => SampleImprints.Empathy, var value => value }, (Stance)(row % 4 % 3)),
                SampleImprints.Text(TextScope.Rejected, row % 9 > 6 ? null : row % 7, (Stance)(row % 3), row % 9 > 6 ? 0.2f : 0.8f, truncated: row % 20 == 0),
            ]);
        }

        builder.AddRejected(file, 17, "missing-field");
        builder.AddRejected(file, 18, "empty-text");
        return builder.Build(SampleImprints.Run);
    }

    /// <summary>As <see cref="Pairs"/>, one value a side.</summary>
    public static Imprint Small()
    {
        var builder = new ImprintBuilder(SampleImprints.Model with { Confusion = Confusion() }, SampleImprints.Seven);
        var file = builder.AddFile("pairs.jsonl", 1000, new string('d', 64));
        for (var row = 0; row < 70; row++)
        {
            builder.AddRow(file, [SampleImprints.Text(TextScope.Chosen, row % 5), SampleImprints.Text(TextScope.Rejected, row % 6)]);
        }

        return builder.Build(SampleImprints.Run);
    }

    /// <summary>Chosen texts of two values, and one of each other.</summary>
    public static Imprint Split(int duty, int wisdom)
    {
        var builder = SampleImprints.Builder();
        for (var text = 0; text < duty + wisdom; text++)
        {
            builder.AddRow(0, [SampleImprints.Text(TextScope.Chosen, text < duty ? SampleImprints.Duty : SampleImprints.Wisdom)]);
        }

        return builder.Build(SampleImprints.Run);
    }

    public const int LargestValues = 300;

    /// <summary>More values than any table shows, with the longest names, all of them quotes to be escaped, 10,000 files, 200 reasons, all scopes.</summary>
    public static Imprint Largest()
    {
        var values = Enumerable.Range(0, LargestValues)
            .Select(static index => new ValueName($"v-{index}", $"{index} {new string('"', ValueName.LongestName - 5)}"));
        var builder = new ImprintBuilder(
            SampleImprints.Model with { Name = new string('"', 5000), Version = new string('<', 5000) }, new TaxonomyIdentity("largest", "1", "beef", [.. values]));
        var files = Enumerable.Range(0, 10_000).Select(index => builder.AddFile($"{index} {new string('&', 300)}", index, new string('c', 64))).ToList();
        for (var row = 0; row < LargestValues; row++)
        {
            builder.AddRow(files[row], [Text(TextScope.Chosen, row), Text(TextScope.Rejected, row * 7 % LargestValues)]);
            builder.AddRow(files[row], [Text(TextScope.Response, row)]);
            builder.AddRow(files[row], [Text(TextScope.Text, row)]);
        }

        for (var reason = 0; reason < 200; reason++)
        {
            builder.AddRejected(files[reason], 1, $"reason-{reason}");
        }

        return builder.Build(SampleImprints.Run);
    }

    private static TextVerdict Text(TextScope scope, int value)
    {
        var scores = new float[LargestValues];
        scores[value] = 0.9f;
        return new TextVerdict(scope, new[] { value }, scores, (Stance)(value % 3), false);
    }

    // Right in 7 of 10.
    private static ConfusionMatrix Confusion()
    {
        var counts = new long[49];
        for (var cell = 0; cell < counts.Length; cell++)
        {
            counts[cell] = cell / 7 == cell % 7 ? 70 : 5;
        }

        return new ConfusionMatrix(7, counts);
    }
}
