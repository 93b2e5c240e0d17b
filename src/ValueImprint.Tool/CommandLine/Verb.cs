using System.CommandLine;
using ValueImprint.Core.Imprints;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.CommandLine;

/// <summary>A verb of the tool: what it does, how it is called, examples to copy.</summary>
internal abstract class Verb : Command
{
    protected Verb(string name, string description, ToolConsole console)
        : base(name, description)
    {
        Console = console;
        SetAction(async (parse, cancellation) => (int)await RunAsync(parse, cancellation));
    }

    /// <summary>What help says after the description; empty where that says it all.</summary>
    public string Details { get; protected init; } = "";

    /// <summary>Command lines to copy, each with what it does.</summary>
    public IReadOnlyList<(string Command, string Meaning)> Examples { get; protected init; } = [];

    /// <summary>Its options have a table of their own elsewhere.</summary>
    public bool IsDocumentedApart { get; protected init; }

    protected ToolConsole Console { get; }

    protected abstract Task<ExitCode> RunAsync(ParseResult parse, CancellationToken cancellation);
}

/// <summary>Verbs under one word.</summary>
internal abstract class VerbGroup(string name, string description) : Command(name, description);

/// <summary>Arguments that several verbs take.</summary>
internal static class VerbArguments
{
    /// <summary>One imprint.</summary>
    public static Argument<string> Imprint() => new("IMPRINT") { Description = "An imprint file; - reads standard input" };
}
