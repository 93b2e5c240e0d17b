using System.CommandLine.Parsing;

namespace ValueImprint.Tool.CommandLine;

/// <summary><c>@FILE</c> on the command line stands for the arguments in the file: split like a shell's, <c>#</c> begins a comment line.</summary>
internal static class ResponseFile
{
    private const int MostBytes = 1024 * 1024;

    public static bool TryReplace(string name, out IReadOnlyList<string>? arguments, out string? problem)
    {
        (arguments, problem) = (null, null);
        if (!File.Exists(name))
        {
            problem = $"The response file '{name}' does not exist. If '@{name}' is meant as it stands, put -- before it.";
            return false;
        }

        if (new FileInfo(name).Length > MostBytes)
        {
            problem = $"The response file '{name}' is larger than {MostBytes} bytes.";
            return false;
        }

        arguments =
        [
            .. File.ReadLines(name)
                .Where(static line => !line.TrimStart().StartsWith('#'))
                .SelectMany(static line => CommandLineParser.SplitCommandLine(line)),
        ];
        return true;
    }
}
