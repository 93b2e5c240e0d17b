using System.CommandLine;
using System.Globalization;
using ValueImprint.Auditing.Recording;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Imprints;
using ValueImprint.Reports.Html;
using ValueImprint.Tool.CommandLine;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Output;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Verbs;

/// <summary><c>recount ROWS</c>: decides the recorded scores of an audit anew; needs no model and no dataset.</summary>
internal sealed class RecountVerb : Verb
{
    private readonly Argument<string> _rows = new("ROWS") { Description = "A file of `valueimprint audit --rows`, JSON lines or Parquet" };

    private readonly ToolOption<double?> _abstainBelow = new(
        "--abstain-below", "SCORE", "Top score under which a text has no value, 0 to 1", TryParseScore, null)
    {
        DefaultText = "that of the audit",
    };

    private readonly ToolOption<string?> _output = OutputOption.Create("Names the imprint", "not written");
    private readonly ToolOption<ResultFormat> _format = FormatOption.Create(ImprintReport.Formats);

    public RecountVerb(ToolConsole console)
        : base("recount", "Counts the texts of an audit again with another threshold, without a model", console)
    {
        Add(_rows);
        Add(_abstainBelow);
        Add(_output);
        Add(_format);
        Details = "The rows are first counted as they were audited: if that is not the imprint that the file ends with, nothing is written.";
        Examples = [("valueimprint recount train.rows.parquet --abstain-below 0.4 --output strict.imprint.json", "What would a more careful model show?")];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parse, CancellationToken cancellation)
    {
        var path = parse.GetRequiredValue(_rows);
        var began = Console.Time.GetTimestamp();
        new WrittenFiles().Add("--output", parse.GetValue(_output)).RefuseInputs([path]);
        await using var file = parse.GetValue(_output) is { } output ? ReplacedFile.Create(output) : null;
        var rows = Open(path);
        var recount = Begin(rows.Imprint, parse.GetValue(_abstainBelow));
        foreach (var row in rows.ReadRows())
        {
            cancellation.ThrowIfCancellationRequested();
            Add(recount, row, path);
        }

        var run = new ImprintRun(Console.Time.GetUtcNow(), Console.Time.GetElapsedTime(began), $"{ToolVersion.Name} {ToolVersion.Short}");
        if (!recount.TryBuild(run, out var imprint, out var problem))
        {
            throw new ToolException(DiagnosticCatalogue.AccountingBroken, problem, path);
        }

        if (file is not null)
        {
            await file.CompleteAsync(ImprintWriter.ToBytes(imprint), cancellation);
        }

        ImprintReport.Write(imprint, parse.GetValue(_format), Console);
        if (file is not null)
        {
            Console.Note($"Imprint: {file.Path}");
        }

        return ExitCode.Pass;
    }

    private static RecordedRows Open(string path)
    {
        try
        {
            return RecordedRows.Open(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(DiagnosticCatalogue.UnreadableInput, $"{failure.Message.TrimEnd('.')}. Expected a file of `valueimprint audit --rows`.", path);
        }
    }

    private static ImprintRecount Begin(Imprint audited, double? abstainBelow)
    {
        try
        {
            return new ImprintRecount(audited, abstainBelow ?? audited.Model.AbstainBelow);
        }
        catch (ArgumentException fault)
        {
            throw new ToolException(DiagnosticCatalogue.InvalidCommandLine, fault.Message);
        }
    }

    private static void Add(ImprintRecount recount, IReadOnlyList<TextVerdict> row, string path)
    {
        try
        {
            recount.AddRow(row);
        }
        catch (ArgumentException fault)
        {
            throw new ToolException(DiagnosticCatalogue.AccountingBroken, $"The rows are not those of their audit: {fault.Message}", path);
        }
    }

    private static bool TryParseScore(string text, out double? score, out string problem)
    {
        var isNumber = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number);
        (score, problem) = (number, "expected a number from 0 to 1, such as 0.4.");
        return isNumber && number is >= 0 and <= 1;
    }
}
