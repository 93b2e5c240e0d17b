using ValueImprint.Client.Auditing.Checkpoints;
using ValueImprint.Client.Auditing.Recording;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Datasets;
using ValueImprint.Protocol.V1;
using ScopedText = ValueImprint.Datasets.ScopedText;

namespace ValueImprint.Client.Auditing;

/// <summary>
/// Puts the texts' results together into rows and counts these. A row counts when all its texts are classified; when one fails, the
/// whole row is rejected, since half a pair would shift the balance of its scopes. For one thread.
/// </summary>
/// <param name="model">The model that classifies.</param>
/// <param name="options">The audit's options.</param>
/// <param name="sources">The files.</param>
/// <param name="checkpoint">What an earlier run counted, and the files that all is counted of; null: nothing.</param>
internal sealed class AuditCount(Model model, AuditOptions options, IReadOnlyList<DatasetSource> sources, AuditCheckpoint? checkpoint = null)
{
    private readonly ImprintBuilder _builder = Begin(model, options, sources, checkpoint);

    // Both parts are of the same shard, which they would otherwise not be added for.
    private readonly Imprint? _before = checkpoint?.Imprint.WithRun(checkpoint.Imprint.Run with { Shards = [] });
    private readonly VerdictReader _verdicts = new(model.ToTaxonomyIdentity(), model.HasStance);
    private readonly List<(ScopedText Text, Classification Answer)> _answers = [];
    private readonly List<RowResult> _results = [];
    private readonly List<DatasetFileInfo> _files = [];
    private (string Reason, string Message)? _fault;

    /// <summary>Told of each row that has texts, in their order: its verdicts, or none where it was rejected.</summary>
    public Action<ReadOnlyMemory<TextVerdict>>? OnRow { get; init; }

    public long RowsRead => _builder.RowsRead + (_before?.Rows.Read ?? 0);

    public long RowsRejected => _builder.RowsRejected + (_before?.Rows.Rejected ?? 0);

    public long RowsDuplicate => _builder.RowsRead - _builder.RowsClassified - _builder.RowsRejected + (_before is { Rows: var rows } ? rows.Duplicates + rows.NearDuplicates : 0);

    public long Texts { get; private set; } = checkpoint?.Texts ?? 0;

    /// <summary>Of these, the ones that an earlier run counted.</summary>
    public long TextsBefore { get; } = checkpoint?.Texts ?? 0;

    /// <summary>Rows of all files that are dealt with, with all their texts: where another run could go on.</summary>
    public long Done { get; private set; } = checkpoint?.Done ?? 0;

    public IReadOnlyList<DatasetFileInfo> Files => _files;

    /// <summary>The first rejected row, for the message that there are too many.</summary>
    public string? FirstRejected { get; private set; } = checkpoint?.FirstRejected;

    /// <summary>Adds a text with its result, or a row without texts.</summary>
    /// <returns>The results to hand on: none until a row's last text is there.</returns>
    /// <exception cref="ClientException">The result does not fit the model, or says nothing about the text.</exception>
    public IReadOnlyList<RowResult> Add(AuditText text, TextResult result)
    {
        var row = text.Row;
        if (row.EndOfFile is { } file)
        {
            EndFile(row, file);
            return [];
        }

        Done = text.EndsRow ? row.Ordinal + 1 : Done;

        if (row.IsDuplicate)
        {
            LeaveOut(row);
            return [];
        }

        _results.Clear();
        if (row.Rejected is { } rejected)
        {
            Reject(row, rejected.Reason.Code(), rejected.Message);
            return _results;
        }

        AddText(row, row.Texts[text.Index], result);
        if (text.EndsRow)
        {
            EndRow(row);
        }

        return _results;
    }

    /// <param name="created">When it was made.</param>
    /// <param name="duration">Of this run alone.</param>
    public Imprint Build(DateTimeOffset created, TimeSpan duration)
    {
        var imprint = _builder.Build(new ImprintRun(created, duration, options.Tool));
        if (_before is not null)
        {
            // They are of one model: the checkpoint would have been refused otherwise.
            imprint = Imprint.TryMerge(_before, imprint, out var sum, out var problem) ? sum : throw new InvalidOperationException(problem);
        }

        return options.Shard is { } shard ? imprint.WithRun(imprint.Run with { Shards = [shard] }) : imprint;
    }

    private static ImprintBuilder Begin(Model model, AuditOptions options, IReadOnlyList<DatasetSource> sources, AuditCheckpoint? checkpoint)
    {
        var builder = new ImprintBuilder(model.ToImprintModel(options.Stream.AbstainBelow), model.ToTaxonomyIdentity());
        for (var index = 0; index < sources.Count; index++)
        {
            builder.BeginFile(Path.GetFileName(sources[index].Name));
            if (checkpoint is not null)
            {
                builder.EndFile(index, checkpoint.Files[index].Bytes, checkpoint.Files[index].Sha256);
            }
        }

        return builder;
    }

    private void EndFile(AuditRow row, DatasetFileInfo file)
    {
        if (checkpoint is not null && checkpoint.Files[row.File].Sha256 != file.Sha256)
        {
            throw new AuditException(Diagnostic.Error(
                DiagnosticCatalogue.UnreadableInput, default, $"{file.Name} changed while it was audited. Delete the checkpoint and audit anew."));
        }

        _builder.EndFile(row.File, file.Bytes, file.Sha256);
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

    private void AddText(AuditRow row, ScopedText text, TextResult result)
    {
        Texts++;
        if (result.Error is { } error)
        {
            _fault ??= (ReasonOf(row, error), error.Message);
        }
        else
        {
            _answers.Add((text, result.Classification));
        }
    }

    private void EndRow(AuditRow row)
    {
        if (_fault is { } fault)
        {
            Reject(row, fault.Reason, fault.Message);
            OnRow?.Invoke(ReadOnlyMemory<TextVerdict>.Empty);
        }
        else
        {
            Count(row);
        }

        _answers.Clear();
        _fault = null;
    }

    private void Count(AuditRow row)
    {
        TextVerdict[] verdicts = [.. _answers.Select(answer => _verdicts.Read(answer.Text.Scope, answer.Answer))];
        try
        {
            _builder.AddRow(row.File, verdicts);
        }
        catch (ArgumentException fault)
        {
            throw new ClientException(
                ClientFault.ContractBroken, $"{row.Place}: the server's answer does not fit its model: {fault.Message} Use a server of the same version.", fault);
        }

        OnRow?.Invoke(verdicts);
        if (options.OnResult is not null)
        {
            _results.AddRange(_answers.Select(answer => new RowResult
            {
                File = row.FileName,
                Line = row.Line,
                Row = row.Number,
                Id = row.Id,
                Scope = answer.Text.Scope,
                Classification = answer.Answer,
                Text = options.IncludeText ? answer.Text.Text : null,
            }));
        }
    }

    private void Reject(AuditRow row, string reason, string message)
    {
        _builder.AddRejected(row.File, row.Line, reason);
        FirstRejected ??= $"{row.Place}: {reason}: {message}";
        options.OnRejected?.Invoke(new Diagnostic(
            DiagnosticCatalogue.RejectedRow, DiagnosticSeverity.Warning, $"{reason}: {message}", new SourcePosition(row.FileName, (int)Math.Min(row.Line, int.MaxValue))));
        _results.Add(new RowResult { File = row.FileName, Line = row.Line, Row = row.Number, Id = row.Id, Rejected = reason, Message = message });
    }

    private static string ReasonOf(AuditRow row, TextError error) => (Grpc.Core.StatusCode)error.Code switch
    {
        Grpc.Core.StatusCode.InvalidArgument => "text-too-long", // Empty ones are rejected by the reader.
        Grpc.Core.StatusCode.Internal => "model-failed",

        // An overload says nothing about the row: the imprint would depend on how busy the server was.
        var other => throw new ClientException(
            ClientFault.CallFailed, $"{row.Place}: the server could not classify a text for reasons of its own ({other}: {error.Message}). Run again."),
    };
}
