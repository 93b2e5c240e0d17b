using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using ValueImprint.Tool.CommandLine;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Verbs;

/// <summary>The whole command line: what <c>--help</c>, completion and the README are made from.</summary>
internal static class RootVerb
{
    private const string Description = "Audits the human values in preference datasets, and gates a build on them";

    /// <summary>Builds the command line for one run.</summary>
    public static RootCommand Create(ToolConsole console)
    {
        var root = new RootCommand(Description) { GlobalOptions.Verbose(), GlobalOptions.Quiet() };
        foreach (var verb in Verbs(console))
        {
            root.Add(verb);
        }

        root.Options.Remove(root.Options.OfType<HelpOption>().Single());
        root.Add(new HelpOption("--help", "-h", "-?") { Description = "Show this help", Action = new ShowHelp(console) });
        root.Options.OfType<VersionOption>().Single().Description = "Show the version";
        root.Options.OfType<VersionOption>().Single().Action = new ShowVersion(console);
        return root;
    }

    private static IEnumerable<Command> Verbs(ToolConsole console) =>
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
        new ServeVerb(console),
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
