using System.CommandLine;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.CommandLine;

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
