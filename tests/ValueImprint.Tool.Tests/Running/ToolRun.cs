using System.Text;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Tests.Running;

/// <summary>What a run of the tool left behind.</summary>
internal sealed record ToolRun(ExitCode ExitCode, string Output, string Error)
{
    public static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    /// <summary>Runs a command line within this process, on streams of its own.</summary>
    public static Task<ToolRun> OfAsync(params string[] args) => new ToolSetup().RunAsync(args);
}

/// <summary>Input, environment and terminal of a run within this process.</summary>
internal sealed record ToolSetup
{
    public string Input { get; init; } = "";

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public TerminalTraits Traits { get; init; } = new(false, false, true, TerminalTraits.DefaultWidth);

    public async Task<ToolRun> RunAsync(params string[] args)
    {
        using var output = new MemoryStream();
        var error = new StringWriter();
        ExitCode code;
        using (var console = new ToolConsole(new MemoryStream(Encoding.UTF8.GetBytes(Input)), output, error)
        {
            OutputTraits = Traits,
            ErrorTraits = Traits,
            Environment = Environment,
        })
        {
            code = await CommandLineApplication.RunAsync(args, console, TestContext.Current.CancellationToken).WaitAsync(ToolRun.Timeout);
        }

        return new ToolRun(code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
