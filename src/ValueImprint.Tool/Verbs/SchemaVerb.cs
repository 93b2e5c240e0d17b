using System.CommandLine;
using ValueImprint.Core.Imprints;
using ValueImprint.Tool.CommandLine;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Verbs;

/// <summary><c>schema</c>: prints the JSON schema of imprint files.</summary>
internal sealed class SchemaVerb : Verb
{
    public SchemaVerb(ToolConsole console)
        : base("schema", "Prints the JSON schema of imprint files", console)
    {
        Details = "For programs that read imprints without this tool. Draft 2020-12.";
        Examples = [("valueimprint schema > imprint.schema.json", "For an editor or a validator")];
    }

    protected override Task<ExitCode> RunAsync(ParseResult parse, CancellationToken cancellation)
    {
        ImprintSchema.Write(Console.OutputStream());
        return Task.FromResult(ExitCode.Pass);
    }
}
