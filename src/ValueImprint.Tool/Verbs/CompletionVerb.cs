using System.CommandLine;
using ValueImprint.Tool.CommandLine;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Verbs;

/// <summary><c>completion SHELL</c>: prints the script that teaches a shell to complete the tool's verbs and options.</summary>
internal sealed class CompletionVerb : Verb
{
    private readonly Argument<string> _shell = new("SHELL") { Description = $"One of {CompletionScript.ValidShells}" };

    public CompletionVerb(ToolConsole console)
        : base("completion", "Prints the script that teaches a shell to complete verbs and options", console)
    {
        Add(_shell);
        _shell.CompletionSources.Add(CompletionScript.Shells.ToArray());
        _shell.Validators.Add(static result =>
        {
            if (result.Tokens.Count == 1 && CompletionScript.Find(result.Tokens[0].Value) is null)
            {
                result.AddError($"'{result.Tokens[0].Value}' is no shell that has a script; expected one of {CompletionScript.ValidShells}.");
            }
        });
        Examples =
        [
            ("eval \"$(valueimprint completion bash)\"", "In ~/.bashrc"),
            ("valueimprint completion zsh > \"${fpath[1]}/_valueimprint\"", "For zsh, once"),
        ];
    }

    protected override Task<ExitCode> RunAsync(ParseResult parse, CancellationToken cancellation)
    {
        Console.Output.Write(CompletionScript.Find(parse.GetRequiredValue(_shell)));
        return Task.FromResult(ExitCode.Pass);
    }
}
