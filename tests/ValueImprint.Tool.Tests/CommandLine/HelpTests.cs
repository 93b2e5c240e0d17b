using System.CommandLine;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Tool.CommandLine;
using ValueImprint.Tool.Connections;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Terminal;
using ValueImprint.Tool.Tests.Running;
using ValueImprint.Tool.Verbs;

namespace ValueImprint.Tool.Tests.CommandLine;

public sealed class HelpTests
{
    public static TheoryData<string> Verbs => [.. Paths(Root()).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Help_Verb_TeachesIt(string verb)
    {
        var setup = new ToolSetup { Traits = new TerminalTraits(false, false, true, 120) };

        var run = await setup.RunAsync([.. verb.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Equal((ExitCode.Pass, ""), (run.ExitCode, run.Error));
        Assert.Contains("Usage:", run.Output, StringComparison.Ordinal);
        Snapshot.Match(run.Output.ReplaceLineEndings("\n"), Repository.Snapshot($"help{(verb.Length > 0 ? "-" : "")}{verb.Replace(' ', '-')}.txt"));
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Help_NarrowTerminal_WrapsItsText(string verb)
    {
        var setup = new ToolSetup { Traits = new TerminalTraits(false, false, true, 80) };

        var run = await setup.RunAsync([.. verb.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        // Commands to copy stay on one line; so does a word that is longer than the line.
        Assert.All(run.Output.Split('\n').Where(static line => !line.Contains("valueimprint ", StringComparison.Ordinal)), static line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public void OptionTable_Readme_IsThatOfTheCommandLine()
    {
        const string begin = "<!-- options -->\n", end = "<!-- /options -->";
        var file = RepositoryRoot.File("src/ValueImprint.Tool/README.md");
        var readme = File.ReadAllText(file).ReplaceLineEndings("\n");
        var start = readme.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        var table = readme[start..readme.IndexOf(end, StringComparison.Ordinal)];
        if (Snapshot.IsUpdating)
        {
            table = OptionTable.ToMarkdown(Root());
            File.WriteAllText(file, readme[..start] + table + readme[readme.IndexOf(end, StringComparison.Ordinal)..]);
        }

        Assert.Equal(OptionTable.ToMarkdown(Root()), table);
    }

    [Fact]
    public void Options_All_HaveADescriptionAndAValueName()
    {
        Assert.All(Commands(Root()).SelectMany(HelpText.OwnOptions), static option =>
        {
            Assert.False(string.IsNullOrEmpty(option.Description), option.Name);
            Assert.True(option is ToolFlag || option.HelpName is not null, option.Name);
        });
    }

    private static RootCommand Root() => RootVerb.Create(new ToolConsole(Stream.Null, Stream.Null, TextWriter.Null), [LocalServers.ServeVerb]);

    private static IEnumerable<Command> Commands(Command command) => command.Subcommands.SelectMany(Commands).Prepend(command);

    private static IEnumerable<string> Paths(Command root) => Commands(root)
        .Select(static command => HelpText.Path(command)[ToolVersion.Name.Length..].Trim());
}
