using ValueImprint.Core.Taxonomy;

namespace ValueImprint.Core.Imprints;

/// <summary>
/// Counts classified rows into an <see cref="Imprint"/>. Holds integers only, so its size does not depend on the dataset's. For one
/// thread at a time; to count on several, use one builder each and merge what they built.
/// </summary>
public sealed class ImprintBuilder
{
    /// <summary>Most different reasons for rejected rows.</summary>
    public const int MaxReasons = 100;

    private readonly List<DatasetFile> _files = [];
    private readonly List<long> _fileRows = [];
    private readonly Imprint? _before;
    private readonly ImprintModel _model;
    private readonly TaxonomyIdentity _taxonomy;
    private readonly RejectionTally _rejections = new();
    private readonly PairTally _pairs;
    private readonly ScopeTally[] _scopes;
    private long _classified;
    private long _duplicates;
    private long _nearDuplicates;

    /// <summary>Starts at zero.</summary>
    /// <param name="model">The model that classifies.</param>
    /// <param name="taxonomy">Its taxonomy; the value indexes of <see cref="TextVerdict"/> refer to it.</param>
    /// <param name="before">What an earlier run counted of the same unit, by the same model; not part of the numbers of rows below.</param>
    public ImprintBuilder(ImprintModel model, TaxonomyIdentity taxonomy, Imprint? before = null)
    {
        if (before is not null && (before.Model.DifferenceTo(model) is not null || !before.Taxonomy.Equals(taxonomy)))
        {
            throw new ArgumentException("Another model or taxonomy counted before.", nameof(before));
        }

        if (model.Confusion is { } confusion && confusion.Values != taxonomy.Values.Count)
        {
            throw new ArgumentException(
                $"The confusion matrix has {confusion.Values} values, the taxonomy {taxonomy.Values.Count}.", nameof(model));
        }

        (_model, _taxonomy, _before) = (model, taxonomy, before);
        _pairs = new PairTally(model.ProblemType, taxonomy.Values.Count);
        _scopes = [.. TextScopes.All.Select(scope => new ScopeTally(scope, model, taxonomy.Values.Count))];
    }

    /// <summary>Rows added so far, whatever became of them.</summary>
    public long RowsRead => _classified + _duplicates + _nearDuplicates + _rejections.Rows;

    /// <summary>Rows added as classified.</summary>
    public long RowsClassified => _classified;

    /// <summary>Rows added as rejected.</summary>
    public long RowsRejected => _rejections.Rows;

    /// <summary>Names a file that rows come from, and gives its index for the rows. The same file again has the same index.</summary>
    /// <param name="name">File name without folders.</param>
    /// <param name="bytes">Size on disk, in bytes.</param>
    /// <param name="sha256">SHA-256 of the file as it lies on disk, lower-case hex.</param>
    public int AddFile(string name, long bytes, string sha256)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        var file = new DatasetFile(name, bytes, sha256);
        var known = _files.FindIndex(file.IsSameFile);
        if (known >= 0)
        {
            return known;
        }

        _files.Add(file);
        _fileRows.Add(0);
        return _files.Count - 1;
    }

    /// <summary>Names a file whose size and hash are known only at its end; each call gives an index of its own.</summary>
    /// <param name="name">File name without folders.</param>
    public int BeginFile(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        _files.Add(new DatasetFile(name, 0, ""));
        _fileRows.Add(0);
        return _files.Count - 1;
    }

    /// <summary>Completes a file that <see cref="BeginFile"/> named.</summary>
    /// <param name="file">Its index.</param>
    /// <param name="bytes">Size on disk, in bytes.</param>
    /// <param name="sha256">SHA-256 of the file as it lies on disk, lower-case hex.</param>
    /// <param name="readings">How its rows were read.</param>
    /// <param name="unread">The fields that were not read.</param>
    public void EndFile(int file, long bytes, string sha256, IReadOnlyList<DatasetReading>? readings = null, IReadOnlyList<string>? unread = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        _files[file] = _files[file] with { Bytes = bytes, Sha256 = sha256, Readings = readings ?? [], Unread = unread ?? [] };
    }

    /// <summary>Counts a row whose texts were all classified.</summary>
    /// <param name="file">Index from <see cref="AddFile"/>.</param>
    /// <param name="texts">At least one.</param>
    /// <exception cref="ArgumentException">
    /// No texts, or a verdict that does not fit model and taxonomy; then nothing of the row is counted.
    /// </exception>
    public void AddRow(int file, ReadOnlySpan<TextVerdict> texts)
    {
        if (texts.IsEmpty)
        {
            throw new ArgumentException("A classified row has at least one text; reject it instead.", nameof(texts));
        }

        foreach (var text in texts)
        {
            _scopes[(int)text.Scope].Check(text);
        }

        CountRow(file);
        _classified++;
        _pairs.AddRow(texts);
        foreach (var text in texts)
        {
            _scopes[(int)text.Scope].Add(text);
        }
    }

    /// <summary>Counts a row that could not be read or classified.</summary>
    /// <param name="file">Index from <see cref="AddFile"/>.</param>
    /// <param name="line">Line or row number, from 1.</param>
    /// <param name="reason">A short code in the form of an id, such as <c>missing-field</c>; never dataset text.</param>
    public void AddRejected(int file, long line, string reason)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(line, 1);
        if (!ValueName.IsId(reason))
        {
            throw new ArgumentException($"A reason is a code of {ValueName.IdForm}.", nameof(reason));
        }

        CountRow(file);
        _rejections.Add(new RejectedPlace(_files[file].Name, line, reason));
    }

    /// <summary>Counts a row that was left out as a duplicate.</summary>
    /// <param name="file">Index from <see cref="AddFile"/>.</param>
    public void AddDuplicate(int file)
    {
        CountRow(file);
        _duplicates++;
    }

    /// <summary>Counts a row that was left out since it resembles an earlier one.</summary>
    /// <param name="file">Index from <see cref="AddFile"/>.</param>
    public void AddNearDuplicate(int file)
    {
        CountRow(file);
        _nearDuplicates++;
    }

    /// <summary>The imprint of what was added so far, as one unit; the builder can go on afterwards.</summary>
    /// <param name="run">When and with what it was made.</param>
    /// <param name="part">Which part of its files' rows the unit is; unset: all of them.</param>
    /// <param name="options">How the files are divided, and whatever else decides what is counted of them beside the model: part of the unit's id.</param>
    public Imprint Build(ImprintRun run, Shard? part = null, string options = "")
    {
        var counted = Count(run);
        counted = _before is null ? counted : _before.Add(counted, []);
        return counted.Files.Count == 0 ? counted : counted.AsUnit(part ?? Shard.Whole, options);
    }

    private Imprint Count(ImprintRun run) => new(
        _model,
        _taxonomy,
        run,
        [],
        Imprint.MergeFiles(_files.Select((file, index) => file with { Rows = _fileRows[index] })),
        new RowCounts
        {
            Classified = _classified,
            Duplicates = _duplicates,
            NearDuplicates = _nearDuplicates,
            RejectedByReason = _rejections.ByReason(),
            RejectedPlaces = _rejections.Places(),
        },
        [.. _scopes.Select(static tally => tally.Build())],
        _pairs.Build());

    private void CountRow(int file)
    {
        if ((uint)file >= (uint)_files.Count)
        {
            throw new ArgumentOutOfRangeException(nameof(file), file, "Not an index that AddFile gave.");
        }

        _fileRows[file]++;
    }
}
