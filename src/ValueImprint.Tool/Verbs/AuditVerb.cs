using System.CommandLine;
using ValueImprint.Core.Imprints;
using ValueImprint.Reports.Html;
using ValueImprint.Tool.Auditing;
using ValueImprint.Tool.CommandLine;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Output;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Verbs;

/// <summary><c>audit FILE…</c>: counts the values of a dataset's texts into an imprint.</summary>
internal sealed class AuditVerb : Verb
{
    private readonly AuditJob _job;
    private readonly ToolOption<string?> _output = OutputOption.Create("Names the imprint", "the first file's name, with .imprint.json, in this folder");
    private readonly ToolOption<string?> _html = HtmlOption.Create();
    private readonly ToolOption<ResultFormat> _format;

    public AuditVerb(ToolConsole console)
        : base("audit", "Shows which values a dataset embeds, and writes its imprint", console)
    {
        _job = new AuditJob(console);
        _format = FormatOption.Create(ImprintReport.Formats);
        _job.AddTo(this, isDivisible: true);
        Add(_output);
        Add(_html);
        Add(_format);
        Details = "An imprint holds counts and no dataset text. It is what the verbs gate, report, init and merge work on.";
        Examples =
        [
            ("valueimprint audit data/train.jsonl.gz", "One file, by whatever layout its fields tell"),
            ("valueimprint audit data/ --output train.imprint.json --rows train.rows.jsonl", "A folder, with what the model said of every text"),
            ("valueimprint audit data/train.jsonl.gz --html train.html", "With a report to look at"),
            ("valueimprint audit train.parquet --shard 2/8 --output 2.imprint.json", "One of eight parts, on as many machines"),
            ("valueimprint audit train.parquet --checkpoint train.checkpoint", "Repeat it after a crash, and it goes on where it was"),
            ("valueimprint audit chats.csv --field response=answer --field prompt=question", "Fields with names of their own"),
        ];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parse, CancellationToken cancellation)
    {
        var output = parse.GetValue(_output) ?? ImprintName.For(_job.FirstSource(parse));
        _job.RefuseOverwriting(parse, output, parse.GetValue(_html), []);
        await using var file = ReplacedFile.Create(output);
        await using var page = HtmlPage.Open(parse.GetValue(_html));
        var examples = _job.Examples(parse, page);
        var imprint = await _job.RunAsync(parse, policy: null, file, examples, cancellation);
        ImprintReport.Write(imprint, parse.GetValue(_format), Console);
        Console.Note($"Imprint: {output}");
        if (page is not null)
        {
            await page.CompleteAsync(new HtmlReport { Imprint = imprint, Examples = examples?.Drawn() ?? [] }, Console, cancellation);
        }

        return ExitCode.Pass;
    }
}
