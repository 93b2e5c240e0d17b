using System.CommandLine;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Reports.Card;
using ValueImprint.Reports.Croissant;
using ValueImprint.Reports.Html;
using ValueImprint.Tool.CommandLine;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Inputs;
using ValueImprint.Tool.Output;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Verbs;

/// <summary><c>report IMPRINT…</c>: shows an imprint, what a policy says of it and how it came about, without a model.</summary>
internal sealed class ReportVerb : Verb
{
    private readonly Argument<string[]> _imprints = new("IMPRINT")
    {
        Description = "An imprint file; - reads standard input. HTML takes several, oldest first: it shows the last, and the drift since",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly GateOptions _gate;

    public ReportVerb(ToolConsole console)
        : base("report", "Shows an imprint, and with a policy the verdict on it", console)
    {
        _gate = new GateOptions(console, ResultFormat.Html, ResultFormat.Card, ResultFormat.Croissant);
        Add(_imprints);
        _gate.AddTo(this);
        Details = "JSON without a policy is the imprint itself, with one the verdict. SARIF needs a policy. HTML is one page for people, to be opened anywhere. "
            + "A card is a block for the README.md of a dataset on the Hugging Face hub, Croissant a JSON-LD fragment of files, counts and annotations.";
        Examples =
        [
            ("valueimprint report train.imprint.json", "Look at an audit again"),
            ("valueimprint report v1.imprint.json v2.imprint.json v3.imprint.json --html values.html", "A page with the drift over three releases"),
            ("valueimprint report train.imprint.json --format card", "For a dataset card"),
            ("valueimprint report train.imprint.json --policy policy.yml --format markdown >> \"$GITHUB_STEP_SUMMARY\"", "For a job summary"),
        ];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parse, CancellationToken cancellation)
    {
        var format = _gate.Format(parse);
        var policy = _gate.Policy(parse);
        if (policy is null && format == ResultFormat.Sarif)
        {
            throw new ToolException(DiagnosticCatalogue.InvalidCommandLine, "SARIF reports what a policy finds; add --policy FILE.");
        }

        var paths = parse.GetRequiredValue(_imprints);
        await using var page = _gate.Page(parse, paths);
        if (paths.Length > 1 && format != ResultFormat.Html && page is null)
        {
            throw new ToolException(
                DiagnosticCatalogue.InvalidCommandLine,
                $"Only HTML shows several imprints. Add --html FILE, name one imprint, or add up shards with `{ToolVersion.Name} merge`.");
        }

        NamedImprint[] imprints = [.. paths.Select(path => ImprintFile.ReadNamed(path, Console))];
        foreach (var (named, path) in imprints.Zip(paths))
        {
            _gate.RefusePart(parse, named.Imprint, path);
        }

        var (imprint, baseline) = (imprints[^1].Imprint, _gate.Baseline(parse));
        var result = policy is null ? null : _gate.Judge(parse, imprint, policy, baseline);
        var report = new HtmlReport { Imprint = imprint, Result = result, Baseline = baseline, History = imprints[..^1] };
        if (page is not null)
        {
            await page.CompleteAsync(report, Console, cancellation);
        }

        if (format == ResultFormat.Html)
        {
            HtmlPage.Write(report, Console);
            return result is null ? ExitCode.Pass : GateReport.Conclude(result, Console);
        }

        if (format is ResultFormat.Card or ResultFormat.Croissant)
        {
            WriteMetadata(imprint, result, format);
            return result is null ? ExitCode.Pass : GateReport.Conclude(result, Console);
        }

        if (result is not null)
        {
            return GateReport.Write(result, format, isImprintShown: true, Console);
        }

        ImprintReport.Write(imprint, format, Console);
        return ExitCode.Pass;
    }

    private void WriteMetadata(Imprint imprint, GateResult? result, ResultFormat format)
    {
        if (format == ResultFormat.Card)
        {
            DatasetCard.Write(imprint, result, Console.Output);
        }
        else
        {
            CroissantFragment.Write(imprint, Console.OutputStream());
        }
    }
}
