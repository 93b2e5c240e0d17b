using System.CommandLine;
using System.Globalization;
using ValueImprint.Client;
using ValueImprint.Auditing;
using ValueImprint.Auditing.Checkpoints;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Imprints;
using ValueImprint.Tool.CommandLine;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Auditing;

/// <summary>How an audit runs, and what it leaves beside the imprint.</summary>
internal sealed class AuditingOptions(ToolConsole console)
{
    private const int MostBatch = 1024;

    private readonly ToolOption<int> _batch = new(
        "--batch", "TEXTS", $"Texts of a message to the server, 1 to {MostBatch}; changes nothing about the result", TryParseBatch, ClassifyStreamOptions.Default.BatchTexts)
    {
        Variable = "VALUEIMPRINT_BATCH",
        DefaultText = ClassifyStreamOptions.Default.BatchTexts.ToString(CultureInfo.InvariantCulture),
        Environment = console.Environment,
    };

    private readonly ToolFlag _dedupe = new("--dedupe", "Leave out rows whose texts are all those of an earlier row");
    private readonly ToolFlag _dedupeNear = new("--dedupe-near", "Leave out rows that resemble an earlier row too (MinHash, word 5-grams, 77 % of those at similarity 0.75)");
    private readonly ToolOption<string?> _rows = new(
        "--rows", "FILE", "Write what the model said of every text, as JSON lines or, where the name ends with .parquet, as Parquet", TextParsers.Text, null);
    private readonly ToolFlag _includeText = new("--include-text", "Put the dataset's texts into the file of --rows, and a few into that of --html");

    private readonly ToolOption<Shard?> _shard = new(
        "--shard", "I/N", "Count only the rows of one of N parts; `merge` adds the parts' imprints up to that of all rows", TryParseShard, null);

    private readonly CheckpointOption _checkpoint = new(console);

    /// <summary>Adds the options to a verb.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="isDivisible">It may count a part of the rows; a verdict is on all of them.</param>
    public void AddTo(Command verb, bool isDivisible)
    {
        if (isDivisible)
        {
            verb.Add(_shard);
        }

        _checkpoint.AddTo(verb);
        verb.Add(_batch);
        verb.Add(_dedupe);
        verb.Add(_dedupeNear);
        verb.Add(_rows);
        verb.Add(_includeText);
    }

    /// <summary>Where the results of single texts go; <see langword="null"/>: nowhere.</summary>
    public string? RowsPath(ParseResult parse) => parse.GetValue(_rows);

    /// <summary>Whether <see cref="RowsPath"/> and reports hold texts of the dataset.</summary>
    public bool HasText(ParseResult parse) => parse.GetValue(_includeText);

    /// <summary>Whether the audit can be gone on from when it was stopped.</summary>
    public bool IsResumable(ParseResult parse) => CheckpointPath(parse) is not null;

    /// <summary>The file of the state; <see langword="null"/>: none is kept.</summary>
    public string? CheckpointPath(ParseResult parse) => _checkpoint.File(parse);

    /// <summary>Where the state is kept; <see langword="null"/>: nowhere.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="results">What goes on in step with it.</param>
    public CheckpointOptions? Checkpoint(ParseResult parse, IResumableResults? results) => _checkpoint.Read(parse, results);

    /// <summary>The options as the command line gives them.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="model">Name of the model.</param>
    /// <param name="hasExamples">A report shows some of the texts.</param>
    public AuditOptions Read(ParseResult parse, string model, bool hasExamples)
    {
        if (HasText(parse) && RowsPath(parse) is null && !hasExamples)
        {
            throw new ToolException(
                DiagnosticCatalogue.InvalidCommandLine, "--include-text is about the files of --rows and --html; add --rows FILE or --html FILE.");
        }

        _checkpoint.RefuseIntervalAlone(parse);
        return new AuditOptions
        {
            Stream = ClassifyStreamOptions.Default with { Model = model, BatchTexts = parse.GetValue(_batch) },
            SkipDuplicates = parse.GetValue(_dedupe) || parse.GetValue(_dedupeNear),
            SkipNearDuplicates = parse.GetValue(_dedupeNear),
            Shard = parse.GetValue(_shard),
            IncludeText = HasText(parse),
            Tool = $"{RootVerb.ToolName} {ToolVersion.Short}",
        };
    }

    private static bool TryParseShard(string text, out Shard? shard, out string problem)
    {
        var isShard = Shard.TryParse(text, out var found);
        (shard, problem) = (found, $"expected {Shard.Form}.");
        return isShard;
    }

    private static bool TryParseBatch(string text, out int batch, out string problem)
    {
        problem = $"expected a whole number from 1 to {MostBatch}.";
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out batch) && batch is >= 1 and <= MostBatch;
    }
}
