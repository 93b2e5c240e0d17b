using System.CommandLine;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Reports.Html;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Inputs;
using ValueImprint.Tool.Output;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.CommandLine;

/// <summary>What the verbs that judge share: the policy, the baseline of its rules on drift, and how the verdict is written.</summary>
internal sealed class GateOptions(ToolConsole console, params ResultFormat[] moreFormats)
{
    private readonly ToolOption<string?> _policy = PolicyOption.Create(console);
    private readonly ToolOption<string?> _baseline = BaselineOption.Create(console);
    private readonly ToolOption<ResultFormat> _format = FormatOption.Create([.. GateReport.Formats, .. moreFormats]);
    private readonly ToolFlag _partial = new("--partial", "Go by an imprint that does not count all units of its files; the verdict says of how many");
    private readonly ToolOption<string?> _html = HtmlOption.Create();

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_policy);
        verb.Add(_baseline);
        verb.Add(_partial);
        verb.Add(_html);
        verb.Add(_format);
    }

    /// <summary>The policy, or the end of the verb where none is named.</summary>
    public Policy RequirePolicy(ParseResult parse) => PolicyFile.Read(PolicyOption.Require(parse, _policy), console);

    /// <summary>The policy; <see langword="null"/> where none is named.</summary>
    public Policy? Policy(ParseResult parse) => parse.GetValue(_policy) is { } file ? PolicyFile.Read(file, console) : null;

    /// <summary>The baseline; <see langword="null"/> where none is named.</summary>
    public NamedImprint? Baseline(ParseResult parse) => parse.GetValue(_baseline) is { } file ? ImprintFile.ReadNamed(file, console) : null;

    /// <summary>Names of the policy and the baseline, where they are given.</summary>
    public IEnumerable<string> Inputs(ParseResult parse) => new[] { parse.GetValue(_policy), parse.GetValue(_baseline) }.OfType<string>();

    /// <summary>Name of the page; <see langword="null"/> where none is asked for.</summary>
    public string? PagePath(ParseResult parse) => parse.GetValue(_html);

    /// <summary>Begins the page of <c>--html</c>; <see langword="null"/> where none is asked for.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="inputs">Files that are read beside policy and baseline, which the page must not replace.</param>
    public HtmlPage? Page(ParseResult parse, params IEnumerable<string> inputs)
    {
        new WrittenFiles().Add("--html", PagePath(parse)).RefuseInputs([.. inputs, .. Inputs(parse)]);
        return HtmlPage.Open(PagePath(parse));
    }

    /// <summary>Judges an imprint; one that does not count all units of its files only where that is asked for.</summary>
    public GateResult Judge(ParseResult parse, Imprint imprint, Policy policy, NamedImprint? baseline) =>
        GateEvaluator.Judge(imprint, policy, baseline?.Imprint, parse.GetValue(_partial));

    /// <summary>Ends the verb where an imprint does not count all units of its files, unless that is asked for.</summary>
    public void RefusePart(ParseResult parse, Imprint imprint, string path)
    {
        if (!parse.GetValue(_partial) && GateEvaluator.FindMissing(imprint, "imprint") is { } missing)
        {
            throw new ToolException([missing with { Position = new SourcePosition(path) }]);
        }
    }

    /// <summary>How the result is written.</summary>
    public ResultFormat Format(ParseResult parse) => parse.GetValue(_format);
}

/// <summary><c>--policy</c>.</summary>
internal static class PolicyOption
{
    public static ToolOption<string?> Create(ToolConsole console) =>
        new("--policy", "FILE", "What the dataset must show", TextParsers.Text, null)
        {
            Variable = "VALUEIMPRINT_POLICY",
            Environment = console.Environment,
        };

    /// <summary>The file, or the end of the verb where none is named.</summary>
    public static string Require(ParseResult parse, ToolOption<string?> option) => parse.GetValue(option)
        ?? throw new ToolException(
            DiagnosticCatalogue.InvalidCommandLine, $"No policy is named. Add --policy FILE or set {option.Variable}; `valueimprint init` writes one.");
}

/// <summary><c>--baseline</c>.</summary>
internal static class BaselineOption
{
    public static ToolOption<string?> Create(ToolConsole console) =>
        new("--baseline", "IMPRINT", "Imprint of an accepted dataset, for a policy's rules on drift", TextParsers.Text, null)
        {
            Variable = "VALUEIMPRINT_BASELINE",
            Environment = console.Environment,
        };

    /// <summary>The file, or the end of the verb where none is named.</summary>
    public static string Require(ParseResult parse, ToolOption<string?> option) => parse.GetValue(option)
        ?? throw new ToolException(
            DiagnosticCatalogue.InvalidCommandLine, $"No baseline is named. Add --baseline IMPRINT or set {option.Variable}.");
}

/// <summary><c>--allow-other-model</c>.</summary>
internal static class OtherModelFlag
{
    public const string Name = "--allow-other-model";

    public static ToolFlag Create() => new(Name, "Go on although another model or taxonomy made the baseline: what moved may be the model's doing");
}
