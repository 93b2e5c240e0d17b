using System.CommandLine;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Tool.CommandLine;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Inputs;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Verbs;

/// <summary><c>init IMPRINT</c>: prints a policy that the imprint passes.</summary>
internal sealed class InitVerb : Verb
{
    private readonly Argument<string> _imprint = VerbArguments.Imprint();

    public InitVerb(ToolConsole console)
        : base("init", "Prints a policy that an imprint passes, to start from", console)
    {
        Add(_imprint);
        Details = "Each value gets as its minimum the lower end of its share's interval: the next version of the dataset passes as long as it does not thin out.";
        Examples = [("valueimprint init train.imprint.json > policy.yml", "Write down what a dataset shows today")];
    }

    protected override Task<ExitCode> RunAsync(ParseResult parse, CancellationToken cancellation)
    {
        var path = parse.GetRequiredValue(_imprint);
        return PolicyTemplate.TryWrite(ImprintFile.Read(path, Console), Path.GetFileName(path), Console.Output, out var problem)
            ? Task.FromResult(ExitCode.Pass)
            : throw new ToolException([problem]);
    }
}
