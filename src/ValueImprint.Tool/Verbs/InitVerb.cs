using System.CommandLine;
using System.Globalization;
using System.Text;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Tool.CommandLine;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Inputs;
using ValueImprint.Tool.Output;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Verbs;

/// <summary><c>init IMPRINT</c>: prints a policy that the imprint passes.</summary>
internal sealed class InitVerb : Verb
{
    private readonly Argument<string> _imprint = VerbArguments.Imprint();
    private readonly ToolOption<string?> _output = OutputOption.Create("The policy is written here instead of being printed");

    public InitVerb(ToolConsole console)
        : base("init", "Prints a policy that an imprint passes, to start from", console)
    {
        Add(_imprint);
        Add(_output);
        Details = "Each value gets as its minimum the lower end of its share's interval: the next version of the dataset passes as long as it does not thin out.";
        Examples = [("valueimprint init train.imprint.json --output policy.yml", "Write down what a dataset shows today")];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parse, CancellationToken cancellation)
    {
        var path = parse.GetRequiredValue(_imprint);
        using var policy = new StringWriter(CultureInfo.InvariantCulture);
        if (!PolicyTemplate.TryWrite(ImprintFile.Read(path, Console), Path.GetFileName(path), policy, out var problem))
        {
            throw new ToolException([problem]);
        }

        if (parse.GetValue(_output) is { } output)
        {
            new WrittenFiles().Add("--output", output).RefuseInputs([path]);
            await using var file = ReplacedFile.Create(output);
            await file.CompleteAsync(Encoding.UTF8.GetBytes(policy.ToString()), cancellation);
        }
        else
        {
            await Console.Output.WriteAsync(policy.ToString());
        }

        return ExitCode.Pass;
    }
}
