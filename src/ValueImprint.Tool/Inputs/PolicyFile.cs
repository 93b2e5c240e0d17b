using ValueImprint.Core.Gate;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Inputs;

/// <summary>Policies named on a command line.</summary>
internal static class PolicyFile
{
    /// <summary>Reads a policy, or ends the verb with what is wrong with it.</summary>
    /// <param name="path">A file, or <c>-</c> for standard input.</param>
    /// <param name="console">Has standard input.</param>
    public static Policy Read(string path, ToolConsole console)
    {
        using var stream = InputFile.Open(path, console, "a policy, such as `valueimprint init` prints");
        return Policy.TryRead(stream, path, out var policy, out var diagnostics) ? policy : throw new ToolException(diagnostics);
    }
}
