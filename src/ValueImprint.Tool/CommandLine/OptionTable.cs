using System.CommandLine;
using ValueImprint.Tool.Tables;

namespace ValueImprint.Tool.CommandLine;

/// <summary>
/// The options of all verbs with their environment variables and defaults: one source for help and README. The server's own, those of
/// <c>serve</c>, have a table in its README.
/// </summary>
internal static class OptionTable
{
    /// <summary>An option, and the verbs that take it.</summary>
    public sealed record Row(string Option, string? Variable, string? DefaultText, string Description, string Verbs);

    /// <summary>Every option once, in the order in which the verbs name them.</summary>
    public static IReadOnlyList<Row> Options(RootCommand root) =>
    [
        .. Leaves(root).Where(static verb => verb is not Verb { IsDocumentedApart: true })
            .SelectMany(static verb => HelpText.OwnOptions(verb).Select(option => (Verb: verb, Option: option)))
            .GroupBy(static entry => HelpText.Term(entry.Option))
            .Select(static group => ToRow(group.First().Option, group.Select(static entry => HelpText.Path(entry.Verb)[(ToolVersion.Name.Length + 1)..]))),
    ];

    /// <summary>The options that an environment variable can stand in for, one row a variable.</summary>
    public static IEnumerable<(string Variable, string Option)> Variables(RootCommand root) =>
        Options(root).Where(static row => row.Variable is not null).DistinctBy(static row => row.Variable).Select(static row => (row.Variable!, row.Option));

    /// <summary>The table as Markdown, for the README.</summary>
    public static string ToMarkdown(RootCommand root)
    {
        var lines = Options(root).Select(static row =>
            $"| {Cell(Code(row.Option))} | {Code(row.Variable)} | {Cell(row.DefaultText)} | {Cell(row.Description)} | {row.Verbs} |");
        return string.Join('\n', ["| Option | Environment | Default | What it does | Verbs |", "|---|---|---|---|---|", .. lines]) + "\n";
    }

    private static Row ToRow(Option option, IEnumerable<string> verbs)
    {
        var documented = option as IDocumentedOption;
        return new Row(HelpText.Term(option), documented?.Variable, documented?.DefaultText, option.Description ?? "", string.Join(", ", verbs));
    }

    // A bar would end the cell, in code too.
    private static string? Cell(string? text) => text?.Replace("|", "\\|", StringComparison.Ordinal);

    private static string Code(string? text) => text is null ? "" : $"`{text}`";

    private static IEnumerable<Command> Leaves(Command command) =>
        command.Subcommands.Count == 0 ? [command] : command.Subcommands.SelectMany(Leaves);
}
