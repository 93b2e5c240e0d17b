using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using ValueImprint.Tool.CommandLine;
using ValueImprint.Tool.Connections;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Verbs;

/// <summary>The whole command line: what <c>--help</c>, completion and the README are made from.</summary>
internal static class RootVerb
{
    private const string Description = "Audits the human values in preference datasets, and gates a build on them";

    /// <summary>Builds the command line for one run.</summary>
    /// <param name="console">Where verbs talk.</param>
    /// <param name="args">The command line that will be parsed.</param>
    public static RootCommand Create(ToolConsole console, IReadOnlyList<string> args)
    {
        var root = new RootCommand(Description) { GlobalOptions.Verbose(), GlobalOptions.Quiet() };
        foreach (var verb in Verbs(console, MayServe(args)))
        {
            root.Add(verb);
        }

        root.Options.Remove(root.Options.OfType<HelpOption>().Single());
        root.Add(new HelpOption("--help", "-h", "-?") { Description = "Show this help", Action = new ShowHelp(console) });
        root.Options.OfType<VersionOption>().Single().Description = "Show the version";
        root.Options.OfType<VersionOption>().Single().Action = new ShowVersion(console);
        return root;
    }

    // A request for completions holds the whole line in one argument, and a response file may hold any verb.
    private static bool MayServe(IReadOnlyList<string> args) =>
        args.Any(static arg => arg.Contains(LocalServers.ServeVerb, StringComparison.Ordinal) || arg.StartsWith('@'));

    private static IEnumerable<Command> Verbs(ToolConsole console, bool mayServe) =>
    [
        new AuditVerb(console),
        new GateVerb(console),
        new CheckVerb(console),
        new ReportVerb(console),
        new InitVerb(console),
        new MergeVerb(console),
        new DiffVerb(console),
        new BaselineVerb(console),
        new RecountVerb(console),
        new SchemaVerb(console),
        new ClassifyVerb(console),
        new ServeVerb(console, mayServe),
        new ServerVerb(console),
        new ModelVerb(console),
        new CompletionVerb(console),
    ];
}

/// <summary>Options that every verb takes.</summary>
internal static class GlobalOptions
{
    /// <summary>Says more.</summary>
    public static ToolFlag Verbose() => new("--verbose", "Say more on standard error; show the details of a fault", "-v") { Recursive = true };

    /// <summary>Says less.</summary>
    public static ToolFlag Quiet() => new("--quiet", "Say nothing on standard error but warnings and errors", "-q") { Recursive = true };
}

/// <summary><c>--version</c>.</summary>
internal sealed class ShowVersion(ToolConsole console) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        console.Output.WriteLine(ToolVersion.Full);
        return (int)ExitCode.Pass;
    }
}
