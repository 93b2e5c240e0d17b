using System.CommandLine;
using System.Text;
using ValueImprint.Auditing.Recording;
using ValueImprint.Client;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Datasets;
using ValueImprint.Tool.Classifying;
using ValueImprint.Tool.CommandLine;
using ValueImprint.Tool.Connections;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Inputs;
using ValueImprint.Tool.Output;
using ValueImprint.Tool.Tables;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Verbs;

/// <summary><c>classify TEXT|-</c>: one text from the command line or standard input, or a stream of them as JSON lines.</summary>
internal sealed class ClassifyVerb : Verb
{
    private const int MostTextBytes = 16 * 1024 * 1024;

    private readonly Argument<string> _text = new("TEXT") { Description = "The text to classify; - reads standard input" };
    private readonly ToolOption<ResultFormat> _format;
    private readonly ConnectionOptions _connection;

    public ClassifyVerb(ToolConsole console)
        : base("classify", "Says which value a text embeds", console)
    {
        _connection = new ConnectionOptions(console);
        _format = FormatOption.Create(ResultFormat.Table, ResultFormat.Json, ResultFormat.Jsonl);
        Add(_text);
        Add(_format);
        _connection.AddTo(this);
        Details = "With - and --format jsonl standard input holds a JSON object a line, with a \"text\" and perhaps an \"id\", and each gets its "
            + "answer on a line, in order, as soon as it is known. A line that has no answer says why in \"rejected\" and \"message\"; the exit code is 3 then.";
        Examples =
        [
            ("valueimprint classify \"How do I apologise to a friend?\"", "One text"),
            ("valueimprint classify - --format jsonl < texts.jsonl > answers.jsonl", "A stream"),
        ];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parse, CancellationToken cancellation)
    {
        var text = parse.GetRequiredValue(_text);
        var format = parse.GetValue(_format);
        var (client, model) = _connection.Open(parse);
        using (client)
        {
            return text == InputFile.StandardInput && format == ResultFormat.Jsonl
                ? await StreamAsync(client, model, cancellation)
                : await ClassifyAsync(client, model, text == InputFile.StandardInput ? await ReadInputAsync(cancellation) : text, format, cancellation);
        }
    }

    private async Task<ExitCode> StreamAsync(ClassifierClient client, string model, CancellationToken cancellation)
    {
        var (lines, failed) = await new TextStream(client, model, Console).RunAsync(cancellation);
        if (failed > 0)
        {
            throw new ToolException(
                DiagnosticCatalogue.RejectedRow, $"{failed} of {Counted.Of(lines, "line", "lines")} could not be classified; the answers say why in \"message\".");
        }

        return ExitCode.Pass;
    }

    private async Task<ExitCode> ClassifyAsync(ClassifierClient client, string model, string text, ResultFormat format, CancellationToken cancellation)
    {
        var (description, outcomes) = await client.ClassifyAsync([text], model, cancellation);
        var outcome = outcomes[0];
        if (outcome.Fault is { } fault)
        {
            throw new ToolException(DiagnosticCatalogue.RejectedRow, fault.Message);
        }

        if (format == ResultFormat.Table)
        {
            ClassificationTable.Write(outcome, description, Console.Output, Console.OutputTraits);
        }
        else
        {
            await using var writer = new RowResultWriter(Console.OutputStream());
            await writer.WriteAsync(new RowResult { Outcome = outcome, Taxonomy = description.Taxonomy }, cancellation);
        }

        return ExitCode.Pass;
    }

    private async Task<string> ReadInputAsync(CancellationToken cancellation)
    {
        var bytes = new byte[MostTextBytes + 1];
        var length = await Console.Input.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
        return length <= MostTextBytes
            ? Encoding.UTF8.GetString(bytes.AsSpan(0, length))
            : throw new ToolException(DiagnosticCatalogue.UnreadableInput, $"Standard input holds more than {MostTextBytes} bytes, which is no single text. For many texts use --format jsonl.");
    }
}
