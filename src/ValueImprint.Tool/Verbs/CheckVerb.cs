using System.CommandLine;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Reports.Html;
using ValueImprint.Tool.Auditing;
using ValueImprint.Tool.CommandLine;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Inputs;
using ValueImprint.Tool.Output;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Verbs;

/// <summary><c>check FILE… --policy P</c>: audits and judges in one go.</summary>
internal sealed class CheckVerb : Verb
{
    private readonly AuditJob _job;
    private readonly EarlyOption _early;
    private readonly GateOptions _gate;
    private readonly ToolOption<string?> _output = OutputOption.Create("Writes the imprint too", "not written");

    public CheckVerb(ToolConsole console)
        : base("check", "Audits a dataset and judges it by a policy", console)
    {
        _job = new AuditJob(console);
        _early = new EarlyOption(console);
        _gate = new GateOptions(console);
        _job.AddTo(this, isDivisible: false);
        _early.AddTo(this);
        Add(_output);
        _gate.AddTo(this);
        Details = "Exit code 1 means that the dataset does not show what the policy asks for; what is missing is said on standard error, a line each. "
            + "With --early only as many rows are classified as the verdict needs: thousands of a million where it is clear, all of them where it is close.";
        Examples =
        [
            ("valueimprint check data/train.jsonl.gz --policy policy.yml", "In a build"),
            ("valueimprint check data/train.jsonl.gz --policy policy.yml --early", "On a pull request, in a fraction of the time"),
            ("valueimprint check data/*.jsonl --policy policy.yml --output train.imprint.json --format sarif > check.sarif", "For code scanning, keeping the imprint"),
        ];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parse, CancellationToken cancellation)
    {
        if (_job.FirstSource(parse).Name is var first && ImprintFile.IsNamed(first))
        {
            throw new ToolException(DiagnosticCatalogue.InvalidCommandLine, "This is an imprint, and `check` audits a dataset first. Use `valueimprint gate` to judge an imprint.", first);
        }

        var policy = _gate.RequirePolicy(parse);
        if (_early.ErrorRate(parse) is { } errorRate)
        {
            return await RunEarlyAsync(parse, policy, errorRate, cancellation);
        }

        var baseline = _gate.Baseline(parse);
        _job.RefuseOverwriting(parse, parse.GetValue(_output), _gate.PagePath(parse), _gate.Inputs(parse));
        await using var file = parse.GetValue(_output) is { } output ? ReplacedFile.Create(output) : null;
        await using var page = _gate.Page(parse);
        var examples = _job.Examples(parse, page);
        var imprint = await _job.RunAsync(parse, policy, file, examples, cancellation);
        if (file is not null)
        {
            Console.Note($"Imprint: {file.Path}");
        }

        var result = _gate.Judge(parse, imprint, policy, baseline);
        if (page is not null)
        {
            var report = new HtmlReport { Imprint = imprint, Result = result, Baseline = baseline, Examples = examples?.Drawn() ?? [] };
            await page.CompleteAsync(report, Console, cancellation);
        }

        return GateReport.Write(result, _gate.Format(parse), isImprintShown: true, Console);
    }

    private async Task<ExitCode> RunEarlyAsync(ParseResult parse, Policy policy, double errorRate, CancellationToken cancellation)
    {
        if (parse.GetValue(_output) is not null || _gate.PagePath(parse) is not null)
        {
            throw new ToolException(
                DiagnosticCatalogue.InvalidCommandLine, "--output and --html are about a whole dataset, and --early looks at some of its rows. Leave one of them out.");
        }

        var result = await _job.RunEarlyAsync(parse, policy, errorRate, cancellation);
        if (result.Early is null)
        {
            Console.Note("All rows were needed: this is the verdict of a full audit.");
        }

        return GateReport.Write(result, _gate.Format(parse), isImprintShown: true, Console);
    }
}
