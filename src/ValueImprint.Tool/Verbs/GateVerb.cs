using System.CommandLine;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Reports.Html;
using ValueImprint.Tool.CommandLine;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Inputs;
using ValueImprint.Tool.Output;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Verbs;

/// <summary><c>gate IMPRINT --policy P</c>: judges an imprint; needs no model and no dataset.</summary>
internal sealed class GateVerb : Verb
{
    private readonly Argument<string> _imprint = VerbArguments.Imprint();
    private readonly GateOptions _gate;

    public GateVerb(ToolConsole console)
        : base("gate", "Judges an imprint by a policy, without a model, in milliseconds", console)
    {
        _gate = new GateOptions(console);
        Add(_imprint);
        _gate.AddTo(this);
        Details = "Exit code 1 means that the dataset does not show what the policy asks for; what is missing is said on standard error, a line each.";
        Examples =
        [
            ("valueimprint gate train.imprint.json --policy policy.yml", "Judge what was audited before"),
            ("valueimprint gate train.imprint.json --policy policy.yml --format sarif > gate.sarif", "For code scanning"),
        ];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parse, CancellationToken cancellation)
    {
        var policy = _gate.RequirePolicy(parse);
        var imprint = ImprintFile.Read(parse.GetRequiredValue(_imprint), Console);
        var baseline = _gate.Baseline(parse);
        await using var page = _gate.Page(parse, parse.GetRequiredValue(_imprint));
        var result = _gate.Judge(parse, imprint, policy, baseline);
        if (page is not null)
        {
            await page.CompleteAsync(new HtmlReport { Imprint = imprint, Result = result, Baseline = baseline }, Console, cancellation);
        }

        return GateReport.Write(result, _gate.Format(parse), isImprintShown: false, Console);
    }
}
