using System.Collections.Concurrent;
using System.CommandLine;
using ValueImprint.Auditing;
using ValueImprint.Auditing.Early;
using ValueImprint.Auditing.Recording;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Gate.Early;
using ValueImprint.Core.Imprints;
using ValueImprint.Datasets;
using ValueImprint.Tool.Connections;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Output;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Auditing;

/// <summary>The part that <c>audit</c> and <c>check</c> share: from files on the command line to an imprint.</summary>
internal sealed class AuditJob(ToolConsole console)
{
    private readonly DatasetOptions _datasets = new(console);
    private readonly AuditingOptions _auditing = new(console);
    private readonly ConnectionOptions _connection = new(console);

    /// <summary>Adds argument and options to a verb.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="isDivisible">It may count a part of the rows.</param>
    public void AddTo(Command verb, bool isDivisible)
    {
        _datasets.AddTo(verb);
        _auditing.AddTo(verb, isDivisible);
        _connection.AddTo(verb);
    }

    /// <summary>The first file of the command line.</summary>
    public DatasetSource FirstSource(ParseResult parse) => _datasets.Sources(parse)[0];

    /// <summary>Ends the verb where a file would be written over another one that it reads or writes.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="output">The imprint; <see langword="null"/>: it is not written.</param>
    /// <param name="html">The page; <see langword="null"/>: it is not written.</param>
    /// <param name="more">Files that are read beside the datasets.</param>
    public void RefuseOverwriting(ParseResult parse, string? output, string? html, IEnumerable<string> more) => new WrittenFiles()
        .Add("--output", output)
        .Add("--html", html)
        .Add("--rows", _auditing.RowsPath(parse))
        .Add("--checkpoint", _auditing.CheckpointPath(parse))
        .RefuseInputs([.. _datasets.Sources(parse).Select(static source => source.Name), .. more]);

    /// <summary>Takes the examples of a report; <see langword="null"/> where there is no report, or nobody asked for texts in it.</summary>
    public ExampleSample? Examples(ParseResult parse, HtmlPage? page)
    {
        if (page is null || !_auditing.HasText(parse))
        {
            return null;
        }

        return _auditing.IsResumable(parse)
            ? throw new ToolException(
                DiagnosticCatalogue.InvalidCommandLine, "--include-text with --html draws from all rows, and an audit that goes on from a --checkpoint sees some. Leave one of them out.")
            : new ExampleSample();
    }

    /// <summary>Audits the files.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="policy">Held against the model's taxonomy before the first row is read: a long audit shall not end with a typing error.</param>
    /// <param name="output">Takes the imprint; <see langword="null"/>: it is not written.</param>
    /// <param name="examples">Shown every text; see <see cref="Examples"/>.</param>
    /// <param name="cancellation">Ends the audit; nothing is written then.</param>
    public async Task<Imprint> RunAsync(ParseResult parse, Policy? policy, ReplacedFile? output, ExampleSample? examples, CancellationToken cancellation)
    {
        var sources = _datasets.Sources(parse);
        var (client, model) = _connection.Open(parse);
        using (client)
        {
            if (policy is not null)
            {
                Refuse(policy.Check((await client.GetModelAsync(model, cancellation)).Taxonomy));
            }

            using var rejected = Rejected();
            await using var rows = await RowsFile.OpenAsync(_auditing.RowsPath(parse), _auditing.IsResumable(parse), _auditing.HasText(parse));
            var checkpoint = _auditing.Checkpoint(parse, rows?.Results);
            var options = Options(parse, model, rejected, examples is not null) with { Checkpoint = checkpoint, OnResult = rows is null && examples is null ? null : OnResultAsync };
            var result = await ProgressDisplay.RunAsync(
                console, onProgress => new AuditRunner(client, console.Time).RunAsync(sources, options with { OnProgress = onProgress }, cancellation));
            if (output is not null)
            {
                await output.CompleteAsync(ImprintWriter.ToBytes(result.Imprint), cancellation);
            }

            if (rows is not null)
            {
                await rows.CompleteAsync(result.Imprint, cancellation);
            }

            if (checkpoint is not null)
            {
                File.Delete(checkpoint.Path); // Everything that it could bring back is safe now.
            }

            return result.Imprint;

            ValueTask OnResultAsync(RowResult row, CancellationToken ct)
            {
                examples?.Add(row);
                return rows?.WriteAsync(row, ct) ?? ValueTask.CompletedTask;
            }
        }
    }

    /// <summary>Classifies rows of the files only until every rule is settled.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="policy">Its rules; those that can't be settled early end the verb before the first row is read.</param>
    /// <param name="errorRate">In (0, 0.5].</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<GateResult> RunEarlyAsync(ParseResult parse, Policy policy, double errorRate, CancellationToken cancellation)
    {
        var sources = _datasets.Sources(parse);
        if (_auditing.RowsPath(parse) is not null)
        {
            throw new ToolException(DiagnosticCatalogue.InvalidCommandLine, "--rows lists all rows of a dataset, and --early looks at some. Leave one of them out.");
        }

        if (_auditing.IsResumable(parse))
        {
            throw new ToolException(DiagnosticCatalogue.InvalidCommandLine, "--checkpoint is for an audit of all rows, and --early looks at some. Leave one of them out.");
        }

        if (sources.Any(static source => source.Name == DatasetSource.StandardInputName))
        {
            throw new ToolException(DiagnosticCatalogue.InvalidCommandLine, "--early reads the rows more than once, which standard input can't be. Name a file.");
        }

        var (client, model) = _connection.Open(parse);
        using (client)
        {
            var description = await client.GetModelAsync(model, cancellation);
            Refuse([.. policy.Check(description.Taxonomy), .. EarlyLimits.Check(policy, description.Facts)]);
            using var rejected = Rejected();
            var options = Options(parse, model, rejected, hasExamples: false);
            var early = new EarlyOptions { ErrorRate = errorRate };
            return await ProgressDisplay.RunAsync(console, onProgress =>
                new EarlyRunner(client, console.Time).RunAsync(sources, policy, options with { OnProgress = onProgress }, early, cancellation));
        }
    }

    private AuditOptions Options(ParseResult parse, string model, RejectedRows rejected, bool hasExamples) => _auditing.Read(parse, model, hasExamples) with
    {
        Reading = _datasets.Reading(parse),
        MaxBadRowShare = _datasets.MaxBadRows(parse),
        OnFile = LayoutNotes(),
        OnRejected = rejected.Report,
    };

    private RejectedRows Rejected() => new(warning => console.Report([warning]), "--rows FILE lists all of them.");

    // Once for each layout; files are opened on another thread than rows are counted on.
    private Action<string, LayoutDetection?> LayoutNotes()
    {
        var layouts = new ConcurrentDictionary<string, bool>();
        return (file, layout) =>
        {
            var reason = layout?.Reason ?? "no rows";
            if (layouts.TryAdd(reason, true))
            {
                console.Note($"{file}: {reason}");
            }
        };
    }

    private static void Refuse(IReadOnlyList<Diagnostic> faults)
    {
        if (faults.Count > 0)
        {
            throw new ToolException(faults);
        }
    }
}
