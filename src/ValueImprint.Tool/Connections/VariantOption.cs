using ValueImprint.Tool.CommandLine;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Connections;

/// <summary><c>--variant</c>.</summary>
internal static class VariantOption
{
    public static ToolOption<string?> Create(ToolConsole console) =>
        new("--variant", "NAME", "Which graph of the package, such as int8", TextParsers.Text, null)
        {
            Variable = "VALUEIMPRINT_VARIANT",
            DefaultText = "the package's own",
            Environment = console.Environment,
        };
}
