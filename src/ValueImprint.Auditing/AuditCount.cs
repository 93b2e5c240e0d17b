using System.Runtime.InteropServices;
using ValueImprint.Auditing.Checkpoints;
using ValueImprint.Auditing.Recording;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Imprints;
using ValueImprint.Datasets;

namespace ValueImprint.Auditing;

/// <summary>
/// Puts the texts' outcomes together into rows and counts these. A row counts when all its texts are classified; when one fails, the
/// whole row is rejected, since half a pair would shift the balance of its scopes. For one thread.
/// </summary>
public sealed class AuditCount
{
    private readonly ClassifierModel _model;
    private readonly AuditOptions _options;
    private readonly AuditCheckpoint? _checkpoint;
    private readonly ImprintBuilder _builder;
    private readonly Imprint? _before;
    private readonly List<TextVerdict> _verdicts = [];
    private readonly List<RowResult> _results = [];
    private readonly List<DatasetFileInfo> _files = [];
    private (string Reason, string Message)? _fault;

    /// <summary>Starts at zero.</summary>
    /// <param name="model">The model that classifies.</param>
    /// <param name="options">The audit's options; of their threshold the imprint tells.</param>
    public AuditCount(ClassifierModel model, AuditOptions options)
        : this(model, options, [])
    {
    }

    /// <param name="model">The model that classifies.</param>
    /// <param name="options">The audit's options.</param>
    /// <param name="sources">The files, by whose place rows name them; their size and hash are known at their end.</param>
    /// <param name="checkpoint">What an earlier run counted, and the files that all is counted of; null: nothing.</param>
    internal AuditCount(ClassifierModel model, AuditOptions options, IReadOnlyList<DatasetSource> sources, AuditCheckpoint? checkpoint = null)
    {
        (_model, _options, _checkpoint) = (model.AbstainingBelow(options.Stream.AbstainBelow), options, checkpoint);
        _builder = new ImprintBuilder(_model.Facts, _model.Taxonomy, checkpoint?.Imprint);
        for (var index = 0; index < sources.Count; index++)
        {
            _builder.BeginFile(Path.GetFileName(sources[index].Name));
            if (checkpoint is not null)
            {
                _builder.EndFile(index, checkpoint.Files[index].Bytes, checkpoint.Files[index].Sha256);
            }
        }

        _before = checkpoint?.Imprint;
        (Texts, TextsBefore, Done, FirstRejected) = (checkpoint?.Texts ?? 0, checkpoint?.Texts ?? 0, checkpoint?.Done ?? 0, checkpoint?.FirstRejected);
    }

    /// <summary>Told of each row that has texts, in their order: its verdicts, or none where it was rejected.</summary>
    internal Action<ReadOnlyMemory<TextVerdict>>? OnRow { get; init; }

    /// <summary>Rows dealt with, whatever became of them.</summary>
    public long RowsRead => _builder.RowsRead + (_before?.Rows.Read ?? 0);

    /// <summary>Of these, the ones whose texts were all classified.</summary>
    public long RowsClassified => _builder.RowsClassified + (_before?.Rows.Classified ?? 0);

    /// <summary>Of these, the ones that could not be read or classified.</summary>
    public long RowsRejected => _builder.RowsRejected + (_before?.Rows.Rejected ?? 0);

    internal long RowsDuplicate => RowsRead - RowsClassified - RowsRejected;

    internal long Texts { get; private set; }

    /// <summary>Of these, the ones that an earlier run counted.</summary>
    internal long TextsBefore { get; }

    /// <summary>Rows of all files that are dealt with, with all their texts: where another run could go on.</summary>
    internal long Done { get; private set; }

    internal IReadOnlyList<DatasetFileInfo> Files => _files;

    /// <summary>The first rejected row, for the message that there are too many.</summary>
    internal string? FirstRejected { get; private set; }

    /// <summary>Names a file that rows come from, and gives its index for the rows. The same file again has the same index.</summary>
    /// <param name="name">File name without folders.</param>
    /// <param name="bytes">Size on disk, in bytes.</param>
    /// <param name="sha256">SHA-256 of the file as it lies on disk, lower-case hex.</param>
    public int AddFile(string name, long bytes, string sha256) => _builder.AddFile(name, bytes, sha256);

    /// <summary>Adds a text with its outcome, or a row without texts.</summary>
    /// <returns>The results to hand on, where <see cref="AuditOptions.OnResult"/> asks for them: none until a row's last text is there.</returns>
    /// <exception cref="AuditException">The outcome does not fit the model, or says nothing about the text.</exception>
    public IReadOnlyList<RowResult> Add(AuditText text, TextOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var row = text.Row;
        if (row.EndOfFile is { } file)
        {
            EndFile(row, file);
            return [];
        }

        Done = text.EndsRow ? row.Ordinal + 1 : Done;
        if (text.Index == 0)
        {
            _results.Clear();
        }

        if (row.IsDuplicate)
        {
            LeaveOut(row);
        }
        else if (row.Rejected is { } rejected)
        {
            Reject(row, rejected.Reason, rejected.Message);
        }
        else
        {
            AddText(row, row.Texts[text.Index], outcome);
            if (text.EndsRow)
            {
                EndRow(row);
            }
        }

        return text.EndsRow ? _results : [];
    }

    /// <summary>The imprint of what was added so far; more can be added afterwards.</summary>
    /// <param name="created">When it was made.</param>
    /// <param name="duration">Of this run alone.</param>
    public Imprint Build(DateTimeOffset created, TimeSpan duration) =>
        _builder.Build(new ImprintRun(created, duration, _options.Tool), _options.Shard, UnitOptions());

    // A shard has rows by their texts, so that what makes two rows alike decides where a row is counted.
    private string UnitOptions() => string.Join('\n', new[]
    {
        _options.Shard is null ? null : $"shards by {_options.DuplicateLikeness}",
        _options.Reading.Layout?.ToString(),
        _options.Reading.Format?.ToString(),
        _options.Reading.Scope?.ToString(),
        _options.SkipDuplicates ? $"unique {_options.DuplicateLikeness}" : null,
        _options.SkipNearDuplicates ? "unlike" : null,
    }.OfType<string>());

    private void EndFile(AuditRow row, DatasetFileInfo file)
    {
        if (_checkpoint is not null && _checkpoint.Files[row.File].Sha256 != file.Sha256)
        {
            throw new AuditException(Diagnostic.Error(
                DiagnosticCatalogue.UnreadableInput, default, $"{file.Name} changed while it was audited. Delete the checkpoint and audit anew."));
        }

        _builder.EndFile(row.File, file.Bytes, file.Sha256, file.Readings, file.Unread);
        _files.Add(file);
    }

    private void LeaveOut(AuditRow row)
    {
        if (row.IsNear)
        {
            _builder.AddNearDuplicate(row.File);
        }
        else
        {
            _builder.AddDuplicate(row.File);
        }
    }

    private void AddText(AuditRow row, ScopedText text, TextOutcome outcome)
    {
        Texts++;
        if (outcome.Fault is { } fault)
        {
            _fault ??= (ReasonOf(row, fault), fault.Message);
            return;
        }

        _verdicts.Add(new TextVerdict(
            text.Scope, outcome.Values, outcome.Scores, _model.Facts.HasStance ? outcome.Stance : null, outcome.Truncation is not null));
        if (_options.OnResult is not null)
        {
            _results.Add(new RowResult
            {
                File = row.FileName,
                Line = row.Line,
                Row = row.Number,
                Id = row.Id,
                Scope = text.Scope,
                Outcome = outcome,
                Taxonomy = _model.Taxonomy,
                Text = _options.IncludeText ? text.Text : null,
            });
        }
    }

    private void EndRow(AuditRow row)
    {
        if (_fault is { } fault)
        {
            _results.Clear();
            Reject(row, fault.Reason, fault.Message);
            OnRow?.Invoke(ReadOnlyMemory<TextVerdict>.Empty);
        }
        else
        {
            Count(row);
        }

        _verdicts.Clear();
        _fault = null;
    }

    private void Count(AuditRow row)
    {
        try
        {
            _builder.AddRow(row.File, CollectionsMarshal.AsSpan(_verdicts));
        }
        catch (ArgumentException fault)
        {
            throw new AuditException(
                Diagnostic.Error(
                    DiagnosticCatalogue.CallRefused,
                    default,
                    $"{row.Place}: the server's answer does not fit its model: {fault.Message} Use a server of the same version."),
                fault);
        }

        OnRow?.Invoke(_verdicts.ToArray());
    }

    private void Reject(AuditRow row, string reason, string message)
    {
        _builder.AddRejected(row.File, row.Line, reason);
        FirstRejected ??= $"{row.Place}: {reason}: {message}";
        _options.OnRejected?.Invoke(new Diagnostic(
            DiagnosticCatalogue.RejectedRow, DiagnosticSeverity.Warning, $"{reason}: {message}", new SourcePosition(row.FileName, (int)Math.Min(row.Line, int.MaxValue))));
        _results.Add(new RowResult { File = row.FileName, Line = row.Line, Row = row.Number, Id = row.Id, Rejected = reason, Message = message });
    }

    private static string ReasonOf(AuditRow row, TextFault fault) => fault.Kind switch
    {
        TextFaultKind.Empty => "empty-text",
        TextFaultKind.TooLong => "text-too-long",
        TextFaultKind.Failed => "model-failed",

        // An overload says nothing about the row: the imprint would depend on how busy the server was.
        _ => throw new AuditException(Diagnostic.Error(
            DiagnosticCatalogue.CallRefused, default, $"{row.Place}: the server could not classify a text for reasons of its own: {fault.Message} Run again.")),
    };
}
