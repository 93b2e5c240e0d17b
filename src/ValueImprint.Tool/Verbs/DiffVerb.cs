using System.CommandLine;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Tool.CommandLine;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Inputs;
using ValueImprint.Tool.Output;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Verbs;

/// <summary><c>diff BASELINE CURRENT</c>: how the values of two datasets differ.</summary>
internal sealed class DiffVerb : Verb
{
    private readonly Argument<string> _baseline = new("BASELINE") { Description = "The imprint to compare with; - reads standard input" };
    private readonly Argument<string> _current = new("CURRENT") { Description = "The imprint to look at; - reads standard input" };
    private readonly ToolFlag _allowOtherModel = OtherModelFlag.Create();
    private readonly ToolOption<ResultFormat> _format = FormatOption.Create(DiffOutput.Formats);

    public DiffVerb(ToolConsole console)
        : base("diff", "Shows how the values of two datasets differ", console)
    {
        Add(_baseline);
        Add(_current);
        Add(_allowOtherModel);
        Add(_format);
        Details = "Each value's change has an interval, and so have the Jensen-Shannon divergence and the total variation of all values together; "
            + "chance alone makes these two positive, which their intervals take back. Fewer than "
            + $"{ImprintDiff.SmallSample} texts on a side are marked as a small sample. The exit code says nothing about the difference: "
            + "a policy's rules on drift judge it.";
        Examples =
        [
            ("valueimprint diff v1.imprint.json v2.imprint.json", "A release against the one before"),
            ("valueimprint diff v1.imprint.json v2.imprint.json --format markdown >> \"$GITHUB_STEP_SUMMARY\"", "For a job summary"),
        ];
    }

    protected override Task<ExitCode> RunAsync(ParseResult parse, CancellationToken cancellation)
    {
        var (baseline, current) = (parse.GetRequiredValue(_baseline), parse.GetRequiredValue(_current));
        if (baseline == InputFile.StandardInput && current == InputFile.StandardInput)
        {
            throw new ToolException(DiagnosticCatalogue.InvalidCommandLine, "Only one of BASELINE and CURRENT can be standard input. Name a file for the other.");
        }

        var (before, now) = (ImprintFile.ReadCounted(baseline, Console), ImprintFile.ReadCounted(current, Console));
        if (!ImprintDiff.TryCreate(before, now, out var diff, out var problem, allowOtherModel: parse.GetValue(_allowOtherModel)))
        {
            throw new ToolException(DiagnosticCatalogue.IncompatibleImprints, $"{problem}{Advice(before, now)}", current);
        }

        DiffOutput.Write(diff, parse.GetValue(_format), Console);
        return Task.FromResult(ExitCode.Pass);
    }

    private static string Advice(Imprint baseline, Imprint current) =>
        ImprintDiff.TryCreate(baseline, current, out _, out _, allowOtherModel: true)
            ? $" {OtherModelFlag.Name} compares all the same; what moved may then be the model's doing."
            : "";
}
