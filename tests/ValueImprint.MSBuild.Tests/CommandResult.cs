namespace ValueImprint.MSBuild.Tests;

internal sealed record CommandResult(int ExitCode, string Output)
{
    public CommandResult Succeeded()
    {
        Assert.True(ExitCode == 0, $"Expected success, got exit code {ExitCode}:\n{Output}");
        return this;
    }

    public CommandResult Failed()
    {
        Assert.True(ExitCode != 0, $"Expected a failure:\n{Output}");
        return this;
    }

    public CommandResult Says(string part)
    {
        Assert.Contains(part, Output, StringComparison.Ordinal);
        return this;
    }

    public CommandResult SaysOnce(string part)
    {
        // What a summary repeats is not said twice.
        Assert.True(Output.Split("Build FAILED.")[0].Split(part).Length == 2, $"Expected '{part}' once:\n{Output}");
        return this;
    }

    public CommandResult DoesNotSay(string part)
    {
        Assert.DoesNotContain(part, Output, StringComparison.Ordinal);
        return this;
    }
}
