using System.CommandLine;
using ValueImprint.Auditing.Early;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Gate;
using ValueImprint.Tool.CommandLine;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Auditing;

/// <summary><c>--early</c> and <c>--error-rate</c>.</summary>
internal sealed class EarlyOption(ToolConsole console)
{
    private readonly ToolFlag _early = new("--early", "Classify rows in random order, only until every rule is settled; for rules on counted shares");

    private readonly ToolOption<double> _errorRate = new(
        "--error-rate", "SHARE", "Most probable that --early may judge a rule otherwise than a full audit", TryParseRate, new EarlyOptions().ErrorRate)
    {
        Variable = "VALUEIMPRINT_ERROR_RATE", DefaultText = "1%", Environment = console.Environment,
    };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_early);
        verb.Add(_errorRate);
    }

    /// <summary>The error rate of an early decision; <see langword="null"/>: none is wanted.</summary>
    public double? ErrorRate(ParseResult parse)
    {
        if (parse.GetValue(_early))
        {
            return parse.GetValue(_errorRate);
        }

        return parse.GetResult(_errorRate) is not { Implicit: false }
            ? null
            : throw new ToolException(DiagnosticCatalogue.InvalidCommandLine, "--error-rate is about an early decision; add --early.");
    }

    private static bool TryParseRate(string text, out double rate, out string problem)
    {
        var isShare = ShareBound.TryParse(text, out var share, out _) && share.Value is > 0 and <= 0.5;
        (rate, problem) = (share.Value, "expected a share above 0, up to 50%, such as '1%'.");
        return isShare;
    }
}
