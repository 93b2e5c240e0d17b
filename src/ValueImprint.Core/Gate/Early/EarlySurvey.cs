using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Gate.Early;

/// <summary>
/// What is known of a dataset once it was read and before any text was classified: the population that an early decision draws from.
/// For one thread.
/// </summary>
public sealed class EarlySurvey
{
    private readonly long[] _texts = new long[TextScopes.Count];
    private readonly int[] _most = new int[TextScopes.Count];

    /// <summary>Rows with texts to classify: what is drawn from.</summary>
    public long Rows { get; private set; }

    /// <summary>All rows.</summary>
    public long RowsRead { get; private set; }

    /// <summary>Rows that could not be read.</summary>
    public long Rejected { get; private set; }

    private int MostOfAll { get; set; }

    /// <summary>Counts a row with texts.</summary>
    /// <param name="scopes">The scope of each text, at least one.</param>
    public void AddRow(ReadOnlySpan<TextScope> scopes)
    {
        if (scopes.IsEmpty)
        {
            throw new ArgumentException("A row to classify has at least one text; reject it instead.", nameof(scopes));
        }

        Rows++;
        RowsRead++;
        MostOfAll = Math.Max(MostOfAll, scopes.Length);
        foreach (var scope in scopes)
        {
            _texts[(int)scope]++;
            _most[(int)scope] = Math.Max(_most[(int)scope], scopes.Count(scope));
        }
    }

    /// <summary>Counts a row that could not be read.</summary>
    public void AddRejected()
    {
        RowsRead++;
        Rejected++;
    }

    /// <summary>Counts a row that is left out as a duplicate.</summary>
    public void AddDuplicate() => RowsRead++;

    /// <summary>Most texts that a scope, or for <see langword="null"/> all together, can have: fewer where rows are rejected later.</summary>
    internal long Texts(TextScope? scope) => scope is { } one ? _texts[(int)one] : _texts.Sum();

    /// <summary>Most texts of the scope in one row.</summary>
    internal int MostTextsPerRow(TextScope? scope) => scope is { } one ? _most[(int)one] : MostOfAll;
}
