using System.CommandLine;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.CommandLine;

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
