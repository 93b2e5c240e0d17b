using System.CommandLine;
using ValueImprint.Core.Gate;
using ValueImprint.Reports.Html;
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
    private readonly ToolOption<string?> _html = HtmlOption.Create();

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_policy);
        verb.Add(_baseline);
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

    /// <summary>How the result is written.</summary>
    public ResultFormat Format(ParseResult parse) => parse.GetValue(_format);
}
