using System.CommandLine;
using System.CommandLine.Invocation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.CommandLine;

/// <summary>Help that teaches: what a verb does, how to call it, its options with default and environment variable, examples.</summary>
internal sealed class HelpWriter(TextWriter output, int width)
{
    private const int Indent = 2;
    private const int Gap = 2;
    private const int WidestTerm = 28;

    /// <summary>Writes the help of a command.</summary>
    public void Write(Command command)
    {
        Paragraph(command.Description + ".");
        if (command is Verb { Details.Length: > 0 } verb)
        {
            output.WriteLine();
            Paragraph(verb.Details);
        }

        Section("Usage");
        output.WriteLine($"  {HelpText.Usage(command)}");
        List("Verbs", command.Subcommands.Where(static sub => !sub.Hidden).Select(static sub => (HelpText.Call(sub), sub.Description ?? "")));
        List("Arguments", command.Arguments.Select(static argument => (argument.Name, argument.Description ?? "")));
        List("Options", HelpText.OwnOptions(command).Select(static option => (HelpText.Term(option), HelpText.Description(option))));
        List("Options of every verb", HelpText.GlobalOptions(command).Select(static option => (HelpText.Term(option), HelpText.Description(option))));
        if (command is RootCommand root)
        {
            List("Environment", OptionTable.Variables(root).Select(static row => (row.Variable, $"Stands in for {row.Option}")));
            List("Exit codes", HelpText.ExitCodes);
        }

        WriteExamples((command as Verb)?.Examples ?? HelpText.RootExamples(command));
        if (command.Subcommands.Count > 0)
        {
            output.WriteLine();
            Paragraph($"'{HelpText.Path(command)} VERB --help' says more about a verb.");
        }
    }

    private void WriteExamples(IReadOnlyList<(string Command, string Meaning)> examples)
    {
        if (examples.Count == 0)
        {
            return;
        }

        Section("Examples");
        foreach (var (command, meaning) in examples)
        {
            Wrapped(meaning + ":", Indent);
            output.WriteLine($"    {command}");
        }
    }

    private void List(string title, IEnumerable<(string Term, string Meaning)> entries)
    {
        var rows = entries.ToList();
        if (rows.Count == 0)
        {
            return;
        }

        Section(title);
        var column = Indent + Gap + Math.Min(WidestTerm, rows.Max(static row => row.Term.Length));
        foreach (var (term, meaning) in rows)
        {
            var head = new string(' ', Indent) + term;
            if (head.Length + Gap > column)
            {
                output.WriteLine(head);
                head = "";
            }

            Wrapped(meaning, column, head.PadRight(column));
        }
    }

    private void Section(string title)
    {
        output.WriteLine();
        output.WriteLine($"{title}:");
    }

    private void Paragraph(string text) => Wrapped(text, 0);

    private void Wrapped(string text, int indent, string? head = null)
    {
        var line = head ?? new string(' ', indent);
        var isEmpty = true;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isEmpty && line.Length + 1 + word.Length > width)
            {
                output.WriteLine(line.TrimEnd());
                (line, isEmpty) = (new string(' ', indent), true);
            }

            (line, isEmpty) = (isEmpty ? line + word : $"{line} {word}", false);
        }

        output.WriteLine(line.TrimEnd());
    }
}

/// <summary><c>--help</c> of any verb.</summary>
internal sealed class ShowHelp(ToolConsole console) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        new HelpWriter(console.Output, console.OutputTraits.Width).Write(parseResult.CommandResult.Command);
        return (int)ExitCode.Pass;
    }
}
