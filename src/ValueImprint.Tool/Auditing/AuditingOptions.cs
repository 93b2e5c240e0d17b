using System.CommandLine;
using System.Globalization;
using ValueImprint.Auditing;
using ValueImprint.Auditing.Checkpoints;
using ValueImprint.Auditing.Early;
using ValueImprint.Client;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Reports.Html;
using ValueImprint.Tool.CommandLine;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Tables;
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
            Tool = $"{ToolVersion.Name} {ToolVersion.Short}",
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

/// <summary>Where an audit keeps its state, and how often.</summary>
internal sealed class CheckpointOption(ToolConsole console)
{
    private const decimal ShortestSeconds = 0.1m;
    private const decimal LongestSeconds = 3600;

    private readonly ToolOption<string?> _file = new(
        "--checkpoint", "FILE", "Keep the state here, and go on from it when it is there: an audit that was killed loses no work; deleted at the end", TextParsers.Text, null);

    private readonly ToolOption<decimal> _interval = new(
        "--checkpoint-every", "SECONDS", "How often the state is kept, 0.1 to 3600", TryParseSeconds, 10)
    {
        DefaultText = "10",
    };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_file);
        verb.Add(_interval);
    }

    /// <summary>The file; <see langword="null"/>: none is named.</summary>
    public string? File(ParseResult parse) => parse.GetValue(_file);

    /// <summary>Ends the verb where only the interval is named.</summary>
    public void RefuseIntervalAlone(ParseResult parse)
    {
        if (File(parse) is null && parse.GetResult(_interval) is { Implicit: false })
        {
            throw new ToolException(DiagnosticCatalogue.InvalidCommandLine, "--checkpoint-every is about the file of --checkpoint; add --checkpoint FILE.");
        }
    }

    /// <summary>The options as the command line gives them; <see langword="null"/>: no state is kept.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="results">What goes on in step with the counts.</param>
    public CheckpointOptions? Read(ParseResult parse, IResumableResults? results) => File(parse) is not { } file ? null : new CheckpointOptions
    {
        Path = file,
        Interval = TimeSpan.FromSeconds((double)parse.GetValue(_interval)),
        Results = results,
        OnResume = done => console.Note($"{file}: goes on behind {Counted.Of(done, "row", "rows")}."),
    };

    private static bool TryParseSeconds(string text, out decimal seconds, out string problem)
    {
        problem = string.Create(CultureInfo.InvariantCulture, $"expected seconds from {ShortestSeconds} to {LongestSeconds}.");
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out seconds) && seconds is >= ShortestSeconds and <= LongestSeconds;
    }
}

/// <summary><c>--early</c> and <c>--error-rate</c>.</summary>
internal sealed class EarlyOption(ToolConsole console)
{
    private readonly ToolFlag _early = new("--early", "Classify rows in random order, only until every rule is settled; for rules on counted shares");

    private readonly ToolOption<double> _errorRate = new(
        "--error-rate", "SHARE", "Most probable that --early may judge a rule otherwise than a full audit", TryParseRate, new EarlyOptions().ErrorRate)
    {
        Variable = "VALUEIMPRINT_ERROR_RATE", DefaultText = "1%", Environment = console.Environment,
    };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_early);
        verb.Add(_errorRate);
    }

    /// <summary>The error rate of an early decision; <see langword="null"/>: none is wanted.</summary>
    public double? ErrorRate(ParseResult parse)
    {
        if (parse.GetValue(_early))
        {
            return parse.GetValue(_errorRate);
        }

        return parse.GetResult(_errorRate) is not { Implicit: false }
            ? null
            : throw new ToolException(DiagnosticCatalogue.InvalidCommandLine, "--error-rate is about an early decision; add --early.");
    }

    private static bool TryParseRate(string text, out double rate, out string problem)
    {
        var isShare = ShareBound.TryParse(text, out var share, out _) && share.Value is > 0 and <= 0.5;
        (rate, problem) = (share.Value, "expected a share above 0, up to 50%, such as '1%'.");
        return isShare;
    }
}
