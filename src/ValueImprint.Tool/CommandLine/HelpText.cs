using System.CommandLine;
using System.CommandLine.Help;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Tool.CommandLine;

/// <summary>The words of help, of one option or of the whole tool.</summary>
internal static class HelpText
{
    /// <summary>What the process answers.</summary>
    public static IReadOnlyList<(string Code, string Meaning)> ExitCodes { get; } =
    [
        ("0", "Done; the policy passed, perhaps with warnings"),
        ("1", "The policy failed"),
        ("2", "The command line or the policy says something impossible"),
        ("3", "Could not judge: unreadable input, no model, no rows, too many bad rows"),
        ("70", "A fault of ValueImprint"),
        ("130", "Cancelled"),
    ];

    /// <summary>The first steps, for the help of the tool itself.</summary>
    public static IReadOnlyList<(string Command, string Meaning)> RootExamples(Command command) => command is not RootCommand ? [] :
    [
        ("valueimprint audit data/train.jsonl.gz", "See which values a dataset embeds"),
        ("valueimprint init train.imprint.json > policy.yml", "Write down what it shows today"),
        ("valueimprint check data/train.jsonl.gz --policy policy.yml", "Fail a build when it no longer does"),
    ];

    /// <summary>The command with those above it: <c>valueimprint server start</c>.</summary>
    public static string Path(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{Path(parent)} {command.Name}" : ToolVersion.Name;

    /// <summary>The line after "Usage".</summary>
    public static string Usage(Command command) => $"{Path(command)}{Operands(command)}"
        + (command.Subcommands.Count > 0 ? " VERB" : "")
        + string.Concat(command.Options.Where(static option => option.Required).Select(static option => $" {Term(option)}"))
        + " [options]";

    /// <summary>A verb with its arguments, as a list of verbs shows it.</summary>
    public static string Call(Command command) =>
        command.Subcommands.Count > 0 ? $"{command.Name} {string.Join('|', command.Subcommands.Select(static sub => sub.Name))}" : command.Name + Operands(command);

    /// <summary>Names and value of an option: <c>-v, --verbose</c>, <c>--policy FILE</c>.</summary>
    public static string Term(Option option)
    {
        var names = option.Aliases.Where(static alias => alias.Length == 2 && alias[0] == '-').Append(option.Name);
        return string.Join(", ", names) + (option.HelpName is { } value ? $" {value}" : "");
    }

    /// <summary>Description, default and environment variable of an option.</summary>
    public static string Description(Option option)
    {
        var documented = option as IDocumentedOption;
        return option.Description
            + (documented?.DefaultText is { } value ? $" [default: {value}]" : "")
            + (documented?.Variable is { } variable ? $" [env: {variable}]" : "");
    }

    /// <summary>The options of this verb alone.</summary>
    public static IEnumerable<Option> OwnOptions(Command command) => command.Options.Where(static option => !IsGlobal(option));

    /// <summary>The options of every verb.</summary>
    public static IEnumerable<Option> GlobalOptions(Command command) => command is RootCommand
        ? command.Options.Where(IsGlobal)
        : command.Parents.OfType<Command>().SelectMany(GlobalOptions).Where(static option => option.Recursive);

    private static bool IsGlobal(Option option) => option.Recursive || option is VersionOption or HelpOption;

    private static string Operands(Command command) => string.Concat(command.Arguments.Select(static argument =>
    {
        var name = argument.Arity.MaximumNumberOfValues > 1 ? $"{argument.Name}..." : argument.Name;
        return argument.Arity.MinimumNumberOfValues == 0 ? $" [{name}]" : $" {name}";
    }));
}
