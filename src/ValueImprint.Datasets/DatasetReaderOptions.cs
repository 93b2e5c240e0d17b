using ValueImprint.Core.Imprints;

namespace ValueImprint.Datasets;

/// <summary>Which pairs are made of several ranked answers to one prompt.</summary>
public enum Pairing
{
    /// <summary>The best against the worst: one pair.</summary>
    BestWorst,

    /// <summary>Each against the next worse one.</summary>
    Adjacent,

    /// <summary>Each against all that are worse.</summary>
    All,
}

/// <summary>How datasets are read. All members have defaults; null means "found by looking".</summary>
public sealed record DatasetReaderOptions
{
    /// <summary>The least that <see cref="MaxRowBytes"/> may be: 1 KiB.</summary>
    public const int MinMaxRowBytes = 1024;

    /// <summary>The most that <see cref="MaxRowBytes"/> may be: 1 GiB.</summary>
    public const int MaxMaxRowBytes = 1 << 30;

    /// <summary>The layout to read by, or null (default) to find it by the names of the first rows' fields.</summary>
    public DatasetLayout? Layout { get; init; }

    /// <summary>The format to read by, or null (default) to tell it from the file's name or, failing that, its content.</summary>
    public DatasetFormat? Format { get; init; }

    /// <summary>
    /// The scope given to the text of a layout with one text a record (<c>text</c>, <c>paper</c>, <c>messages</c>, …),
    /// or null (default) for the layout's own.
    /// </summary>
    public TextScope? Scope { get; init; }

    /// <summary>Which pairs are made of several ranked answers; default <see cref="Pairing.BestWorst"/>.</summary>
    public Pairing Pairs { get; init; }

    /// <summary>The longest row, in bytes after decompression; longer ones are rejected. 1 KiB to 1 GiB, default 16 MiB.</summary>
    public int MaxRowBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The defaults.</summary>
    public static DatasetReaderOptions Default { get; } = new();

    internal void Validate()
    {
        if (MaxRowBytes is < MinMaxRowBytes or > MaxMaxRowBytes)
        {
            throw new DatasetException(
                DatasetProblem.InvalidOption,
                $"MaxRowBytes is {MaxRowBytes}; expected {MinMaxRowBytes} to {MaxMaxRowBytes} bytes.");
        }
    }
}
