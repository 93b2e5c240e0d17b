using System.Runtime.CompilerServices;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Datasets;

namespace ValueImprint.Auditing.Early;

/// <summary>Reads the same files again and again, and notices when they are not the same any more.</summary>
internal sealed class EarlyReader(IReadOnlyList<DatasetSource> sources, AuditOptions options)
{
    private readonly List<DatasetFileInfo> _files = [];
    private bool _isKnown;

    /// <summary>The files, once they were read to their end.</summary>
    public IReadOnlyList<DatasetFileInfo> Files => _files;

    /// <summary>All rows and ends of files, each row with its number from 0. Duplicates are found anew every time.</summary>
    /// <exception cref="AuditException">A file changed since it was read before.</exception>
    public async IAsyncEnumerable<(AuditRow Row, long Number)> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var (number, file) = (0L, 0);
        var source = new AuditSource(sources, _isKnown ? options with { OnFile = null } : options);
        await foreach (var text in source.ReadAsync(ct).ConfigureAwait(false))
        {
            if (text.Row.EndOfFile is { } end)
            {
                Check(file++, end);
                yield return (text.Row, number);
            }
            else if (text.EndsRow)
            {
                yield return (text.Row, number++);
            }
        }

        _isKnown = true;
    }

    private void Check(int index, DatasetFileInfo file)
    {
        if (!_isKnown)
        {
            _files.Add(file);
        }
        else if (_files[index].Sha256 != file.Sha256)
        {
            throw new AuditException(Diagnostic.Error(
                DiagnosticCatalogue.UnreadableInput, new SourcePosition(file.Name), "The file changed while it was checked. Run again when nobody writes to it."));
        }
    }
}
