using System.CommandLine;

namespace ValueImprint.Tool.CommandLine;

/// <summary>Options that every verb takes.</summary>
internal static class GlobalOptions
{
    /// <summary>Says more.</summary>
    public static ToolFlag Verbose() => new("--verbose", "Say more on standard error; show the details of a fault", "-v") { Recursive = true };

    /// <summary>Says less.</summary>
    public static ToolFlag Quiet() => new("--quiet", "Say nothing on standard error but warnings and errors", "-q") { Recursive = true };
}
