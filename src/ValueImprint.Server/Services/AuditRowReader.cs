using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Core.Taxonomy;
using ValueImprint.Protocol.V1;

namespace ValueImprint.Server.Services;

/// <summary>What the counting side has to know about a text, or about a row without any.</summary>
internal readonly record struct AuditMark(int File, long Line, TextScope Scope, bool EndsRow, string? Rejected = null, bool Duplicate = false);

/// <summary>Checks the rows of an audit: a row that makes no sense is the client's fault, and nothing is counted by guess.</summary>
internal sealed class AuditRowReader(IReadOnlyList<AuditFile> files, int[] fileIndexes, int mostTexts)
{
    /// <summary>The row's texts with their marks, in order; one mark without a text for a row that has none.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT, with the row's place.</exception>
    public IEnumerable<(AuditMark Mark, string? Text)> Read(AuditRow row)
    {
        Check(row);
        var mark = new AuditMark(fileIndexes[row.File], row.Line, default, EndsRow: true);
        if (row.Duplicate)
        {
            return [(mark with { Duplicate = true }, null)];
        }

        return row.Rejected.Length > 0
            ? [(mark with { Rejected = row.Rejected }, null)]
            : row.Texts.Select((text, index) =>
                (mark with { Scope = ScopeOf(text.Scope, row), EndsRow = index == row.Texts.Count - 1 }, (string?)text.Text));
    }

    private void Check(AuditRow row)
    {
        if ((uint)row.File >= (uint)files.Count)
        {
            throw Refusal.Invalid($"A row names file {row.File}, but start.files has {files.Count}; the index counts from 0.");
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

        if (row.Texts.Count > mostTexts)
        {
            throw Refusal.Invalid($"{Place(row)}: {row.Texts.Count} texts in one row; this server takes at most {mostTexts} (MaxTextsPerCall).");
        }

        if (row.Rejected.Length > 0 && !ValueName.IsId(row.Rejected))
        {
            throw Refusal.Invalid($"{Place(row)}: the reason in 'rejected' must be a code of {ValueName.IdForm}, such as missing-field.");
        }
    }

    private TextScope ScopeOf(Scope scope, AuditRow row) => scope switch
    {
        Scope.Chosen => TextScope.Chosen,
        Scope.Rejected => TextScope.Rejected,
        Scope.Response => TextScope.Response,
        Scope.Text => TextScope.Text,
        _ => throw Refusal.Invalid($"{Place(row)}: a text has no scope; expected chosen, rejected, response or text."),
    };

    private string Place(AuditRow row) => $"{Refusal.Shorten(files[row.File].Name)}({row.Line})";
}
