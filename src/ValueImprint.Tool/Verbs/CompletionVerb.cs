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

/// <summary>Scripts that hand the line at the cursor to the tool's <c>[suggest]</c> directive and offer what it answers.</summary>
internal static class CompletionScript
{
    private static readonly Dictionary<string, string> _scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = """
            _valueimprint() {
              local IFS=$'\n'
              COMPREPLY=($(compgen -W "$(valueimprint "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _valueimprint valueimprint

            """,
        ["zsh"] = """
            #compdef valueimprint
            _valueimprint() {
              local -a offers
              offers=(${(f)"$(valueimprint "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)"})
              compadd -- $offers
              _files
            }
            compdef _valueimprint valueimprint

            """,
        ["fish"] = """
            complete -c valueimprint -a '(valueimprint "[suggest:"(commandline -C)"]" (commandline) 2>/dev/null)'

            """,
        ["pwsh"] = """
            Register-ArgumentCompleter -Native -CommandName valueimprint -ScriptBlock {
                param($wordToComplete, $commandAst, $cursorPosition)
                valueimprint "[suggest:$cursorPosition]" "$commandAst" 2>$null | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
                }
            }

            """,
    };

    /// <summary>The shells' names.</summary>
    public static IReadOnlyCollection<string> Shells => _scripts.Keys;

    /// <summary>The shells' names with commas between.</summary>
    public static string ValidShells { get; } = string.Join(", ", _scripts.Keys);

    /// <summary>The script of a shell; <see langword="null"/> where there is none.</summary>
    public static string? Find(string shell) => _scripts.GetValueOrDefault(shell)?.ReplaceLineEndings("\n");
}
