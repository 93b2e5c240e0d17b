using ValueImprint.Auditing;
using ValueImprint.Core.Imprints;
using ValueImprint.Core.Taxonomy;
using ValueImprint.Protocol.Mapping;
using ValueImprint.Protocol.V1;
using AuditRow = ValueImprint.Auditing.AuditRow;
using ScopedText = ValueImprint.Datasets.ScopedText;
using WireRow = ValueImprint.Protocol.V1.AuditRow;

namespace ValueImprint.Server.Services;

/// <summary>Checks files and rows of an audit: a row that makes no sense is the client's fault, and nothing is counted by guess.</summary>
internal sealed class AuditRowReader
{
    /// <summary>Most files of one audit.</summary>
    public const int MaxFiles = 10_000;

    private readonly IReadOnlyList<AuditFile> _files;
    private readonly int[] _indexes;
    private readonly int _mostTexts;

    /// <summary>Names the files to the count.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT: a file without a name or with a malformed hash, or too many.</exception>
    public AuditRowReader(IReadOnlyList<AuditFile> files, AuditCount count, int maxTexts)
    {
        if (files.Count is 0 or > MaxFiles)
        {
            throw Refusal.Invalid($"start.files has {files.Count} entries; expected 1 to {MaxFiles}.");
        }

        (_files, _mostTexts, _indexes) = (files, maxTexts, new int[files.Count]);
        for (var index = 0; index < files.Count; index++)
        {
            Check(files[index], index);
            _indexes[index] = count.AddFile(files[index].Name, files[index].Bytes, files[index].Sha256);
        }
    }

    /// <summary>The row as it is counted.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT, with the row's place.</exception>
    public AuditRow Read(WireRow row)
    {
        Check(row);
        return new AuditRow(_indexes[row.File], _files[row.File].Name, row.Line)
        {
            IsDuplicate = row.Duplicate,
            Rejected = row.Rejected.Length > 0 ? (row.Rejected, "the client rejected the row.") : null,
            Texts = [.. row.Texts.Select(text => new ScopedText(
                text.Scope.ToScope() ?? throw Refusal.Invalid($"{Place(row)}: a text has no scope; expected {string.Join(", ", TextScopes.Names)}."), text.Text))],
        };
    }

    private static void Check(AuditFile file, int index)
    {
        var isHash = file.Sha256.Length == 64 && file.Sha256.All(char.IsAsciiHexDigitLower);
        if (string.IsNullOrWhiteSpace(file.Name) || file.Bytes < 0 || !isHash)
        {
            throw Refusal.Invalid(
                $"start.files[{index}]: expected a name, a size of 0 or more bytes and a SHA-256 as 64 lower-case hex digits.");
        }
    }

    private void Check(WireRow row)
    {
        if ((uint)row.File >= (uint)_files.Count)
        {
            throw Refusal.Invalid($"A row names file {row.File}, but start.files has {_files.Count}; the index counts from 0.");
        }

        if (row.Line < 1)
        {
            throw Refusal.Invalid($"A row of '{Place(row)}' has line {row.Line}; lines count from 1.");
        }

        var left = row.Rejected.Length > 0 || row.Duplicate;
        if (left == row.Texts.Count > 0 || (row.Rejected.Length > 0 && row.Duplicate))
        {
            throw Refusal.Invalid($"{Place(row)}: a row has texts, or a reason in 'rejected', or is a 'duplicate': exactly one of the three.");
        }

        if (row.Texts.Count > _mostTexts)
        {
            throw Refusal.Invalid($"{Place(row)}: {row.Texts.Count} texts in one row; this server takes at most {_mostTexts} (MaxTextsPerCall).");
        }

        if (row.Rejected.Length > 0 && !ValueName.IsId(row.Rejected))
        {
            throw Refusal.Invalid($"{Place(row)}: the reason in 'rejected' must be a code of {ValueName.IdForm}, such as missing-field.");
        }
    }

    private string Place(WireRow row) => $"{Refusal.Shorten(_files[row.File].Name)}({row.Line})";
}
