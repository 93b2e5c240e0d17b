using System.CommandLine;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Inference.Models;
using ValueImprint.Reports.Html;
using ValueImprint.Tool.CommandLine;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Inputs;
using ValueImprint.Tool.Output;
using ValueImprint.Tool.Tables;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Verbs;

/// <summary><c>baseline accept</c>.</summary>
internal sealed class BaselineVerb : VerbGroup
{
    public BaselineVerb(ToolConsole console)
        : base("baseline", "Keeps the imprint that rules on drift compare with") => Add(new BaselineAcceptVerb(console));
}

/// <summary><c>baseline accept CURRENT --baseline FILE</c>: from now on, drift is told from this imprint.</summary>
internal sealed class BaselineAcceptVerb : Verb
{
    private readonly Argument<string> _current = VerbArguments.Imprint();
    private readonly ToolOption<string?> _baseline;
    private readonly ToolFlag _allowOtherModel = OtherModelFlag.Create();

    // No JSON: the first time there is nothing to compare with, so that a program would get one of two shapes; `diff` has it.
    private readonly ToolOption<ResultFormat> _format = FormatOption.Create(ResultFormat.Table, ResultFormat.Markdown);

    public BaselineAcceptVerb(ToolConsole console)
        : base("accept", "Shows how an imprint differs from the baseline, and makes it the new one", console)
    {
        _baseline = BaselineOption.Create(console);
        Add(_current);
        Add(_baseline);
        Add(_allowOtherModel);
        Add(_format);
        Details = "A baseline that is not there yet is created. One that holds the same counts already is left as it is, so that a repository sees no "
            + "change. Commit the file: who reviews it decides what the dataset may become.";
        Examples =
        [
            ("valueimprint baseline accept train.imprint.json --baseline baseline.imprint.json", "Accept what the dataset has become"),
            ("valueimprint gate train.imprint.json --policy policy.yml --baseline baseline.imprint.json", "Judge the next one against it"),
        ];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parse, CancellationToken cancellation)
    {
        var path = BaselineOption.Require(parse, _baseline);
        if (path == InputFile.StandardInput)
        {
            throw new ToolException(DiagnosticCatalogue.InvalidCommandLine, "A baseline is a file, which standard input is not. Name one with --baseline.");
        }

        var current = ImprintFile.ReadCounted(parse.GetRequiredValue(_current), Console);
        var baseline = File.Exists(path) ? ImprintFile.Read(path, Console) : null;
        await using var file = ReplacedFile.Create(path);
        Show(baseline, current, path, parse);
        if (baseline is not null && ImprintWriter.ContentHash(baseline) == ImprintWriter.ContentHash(current))
        {
            Console.Note($"{path}: holds these counts already, and stays as it is.");
            return ExitCode.Pass;
        }

        await file.CompleteAsync(ImprintWriter.ToBytes(current), cancellation);
        Console.Note($"{path}: {(baseline is null ? "created" : "replaced")}, {Counted.Of(current.Texts, "text", "texts")}.");
        return ExitCode.Pass;
    }

    private void Show(Imprint? baseline, Imprint current, string path, ParseResult parse)
    {
        var isOtherModelAllowed = parse.GetValue(_allowOtherModel);
        if (baseline is null)
        {
            ImprintReport.Write(current, parse.GetValue(_format), Console);
        }
        else if (ImprintDiff.TryCreate(baseline, current, out var diff, out var problem, allowOtherModel: isOtherModelAllowed))
        {
            DiffOutput.Write(diff, parse.GetValue(_format), Console);
        }
        else if (isOtherModelAllowed)
        {
            Console.Note($"There is nothing to compare. {problem}");
            ImprintReport.Write(current, parse.GetValue(_format), Console);
        }
        else
        {
            throw new ToolException(
                DiagnosticCatalogue.IncompatibleImprints, $"{problem} {OtherModelFlag.Name} replaces the baseline all the same.", path);
        }
    }
}
