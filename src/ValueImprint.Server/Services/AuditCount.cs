using System.Globalization;
using System.Runtime.InteropServices;
using Grpc.Core;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Inference;
using ValueImprint.Inference.Models;
using ValueImprint.Protocol.V1;

namespace ValueImprint.Server.Services;

/// <summary>Puts the texts' outcomes together into rows and counts these. For one thread.</summary>
internal sealed class AuditCount
{
    /// <summary>Most files of one audit.</summary>
    public const int MostFiles = 10_000;

    private readonly ImprintBuilder _builder;
    private readonly List<TextVerdict> _row = [];
    private string? _rowFault;

    public AuditCount(ModelDescription model, float? abstainBelow)
    {
        _builder = new ImprintBuilder(Describe(model, abstainBelow), model.Taxonomy.Identity);
    }

    public long Rows => _builder.RowsRead;

    /// <summary>The index that the imprint uses for each of the client's files.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: a file without a name or with a malformed hash, or too many.</exception>
    public int[] AddFiles(IReadOnlyList<AuditFile> files)
    {
        if (files.Count is 0 or > MostFiles)
        {
            throw Refusal.Invalid($"start.files has {files.Count} entries; expected 1 to {MostFiles}.");
        }

        var indexes = new int[files.Count];
        for (var i = 0; i < indexes.Length; i++)
        {
            indexes[i] = AddFile(files[i], i);
        }

        return indexes;
    }

    /// <summary>Adds a text, or a row without texts; a row counts when its last text is there.</summary>
    public void Add(AuditMark mark, TextOutcome? outcome)
    {
        if (mark.Duplicate)
        {
            _builder.AddDuplicate(mark.File);
            return;
        }

        if (outcome is null)
        {
            _builder.AddRejected(mark.File, mark.Line, mark.Rejected!); // AuditRowReader marks every row without texts with a reason.
            return;
        }

        _rowFault ??= ReasonOf(outcome.Fault);
        _row.Add(new TextVerdict(mark.Scope, outcome.Values, outcome.Scores, outcome.Stance, outcome.Truncation != TruncationKind.None));
        if (mark.EndsRow)
        {
            EndRow(mark);
        }
    }

    public AuditProgress Progress(long rowsRead) => new()
    {
        RowsRead = rowsRead,
        RowsClassified = _builder.RowsClassified,
        RowsRejected = _builder.RowsRejected,
    };

    /// <summary>The imprint as the bytes of its file.</summary>
    public byte[] Finish(DateTimeOffset created, TimeSpan duration) =>
        ImprintWriter.ToBytes(_builder.Build(new ImprintRun(created, duration, $"valueimprint {ServerVersion.Text}")));

    // One fault takes the whole row out: half a pair would shift the balance of its scopes.
    private void EndRow(AuditMark mark)
    {
        if (_rowFault is { } reason)
        {
            _builder.AddRejected(mark.File, mark.Line, reason);
        }
        else
        {
            _builder.AddRow(mark.File, CollectionsMarshal.AsSpan(_row));
        }

        _row.Clear();
        _rowFault = null;
    }

    private int AddFile(AuditFile file, int index)
    {
        var isHash = file.Sha256.Length == 64 && file.Sha256.All(char.IsAsciiHexDigitLower);
        if (string.IsNullOrWhiteSpace(file.Name) || file.Bytes < 0 || !isHash)
        {
            throw Refusal.Invalid(
                $"start.files[{index}]: expected a name, a size of 0 or more bytes and a SHA-256 as 64 lower-case hex digits.");
        }

        return _builder.AddFile(file.Name, file.Bytes, file.Sha256);
    }

    private static string? ReasonOf(TextFault? fault) => fault?.Kind switch
    {
        null => null,
        TextFaultKind.Empty => "empty-text",
        TextFaultKind.TooLong => "text-too-long",
        TextFaultKind.Failed => "model-failed",

        // An overload says nothing about the row: the imprint would depend on how busy the server was.
        TextFaultKind.Expired => throw new RpcException(new Status(StatusCode.ResourceExhausted, fault.Message)),
        var other => throw new InvalidOperationException($"No reason for fault {other}."),
    };

    private static ImprintModel Describe(ModelDescription model, float? abstainBelow) => new()
    {
        Name = model.Name,
        Version = model.Version,
        ContentHash = model.ContentHash,
        TokenizerHash = model.TokenizerHash,
        Variant = model.Variant,
        ProblemType = model.ProblemType,
        MaxTokens = model.MaxTokens,
        Truncation = model.Truncation,
        HeadShare = model.HeadShare,
        Temperature = model.Temperature,
        AbstainBelow = abstainBelow is { } given ? Widen(given) : model.AbstainBelow,
        HasStance = model.HasStance,
        Confusion = model.Confusion.Count == 0 ? null : new ConfusionMatrix(model.Taxonomy.Values.Count, [.. model.Confusion]),
    };

    // By way of the shortest decimal, so that 0.3f is recorded as 0.3.
    private static double Widen(float value) => double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
