using System.Globalization;
using ValueImprint.Bench;
using ValueImprint.Bench.Figures;
using ValueImprint.Bench.Parts;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var options = BenchOptions.Parse(args);
var texts = await SampleTexts.LoadAsync(options.Data, options.Texts);
Progress.Say($"{texts.Length} texts, {texts.Sum(static text => (long)text.Length)} characters");

List<ResultRow> rows = [];
foreach (var part in BenchOptions.AllParts.Where(options.Parts.Contains))
{
    Progress.Say($"== {part}");
    rows.AddRange(part switch
    {
        "throughput" => await ThroughputPart.RunAsync(options, texts),
        "latency" => await LatencyPart.RunAsync(options, texts),
        "overload" => await OverloadPart.RunAsync(options, texts),
        "padding" => await PaddingPart.RunAsync(texts),
        "allocations" => AllocationsPart.Run(options, texts),
        "reading" => await ReadingPart.RunAsync(options),
        "startup" => await StartupPart.RunAsync(options),
        "pack" => await PackPart.RunAsync(options),
        _ => await MillionPart.RunAsync(options),
    });
}

var table = ReadmeTable.Format(await Conditions.DescribeAsync(options, texts.Length), rows);
Console.Write(table);
if (options.Readme is { } readme)
{
    ReadmeTable.Write(readme, options.Parts.Contains("million") ? "bench:million" : "bench:table", table);
}
