using System.CommandLine;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Tool.CommandLine;

/// <summary>Arguments that several verbs take.</summary>
internal static class VerbArguments
{
    /// <summary>One imprint.</summary>
    public static Argument<string> Imprint() => new("IMPRINT") { Description = "An imprint file; - reads standard input" };
}
