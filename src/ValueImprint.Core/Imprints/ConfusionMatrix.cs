namespace ValueImprint.Core.Imprints;

/// <summary>
/// How a model's labels compare with the true ones on texts that it was not trained on: counts, not shares, so that the matrix's own
/// uncertainty is known. The labels may be told apart by the score they came with, which says more than the label alone. Immutable.
/// </summary>
public sealed class ConfusionMatrix : IEquatable<ConfusionMatrix>
{
    private readonly long[] _counts;

    /// <summary>Makes a matrix.</summary>
    /// <param name="values">How many values the taxonomy has.</param>
    /// <param name="counts">
    /// <c>[true value, predicted value, bin]</c>, row after row; the bins of the label's score have equal width over [0, 1], and how many
    /// they are follows from the length: a divisor of <see cref="ScoreHistogram.Bins"/>, 1 without telling scores apart.
    /// </param>
    /// <exception cref="ArgumentException">Another number of counts, or a negative one.</exception>
    public ConfusionMatrix(int values, ReadOnlySpan<long> counts)
    {
        Bins = values > 0 ? counts.Length / (values * values) : 0;
        if (Bins == 0 || counts.Length != values * values * Bins || ScoreHistogram.Bins % Bins != 0)
        {
            throw new ArgumentException(
                $"Expected {values} × {values} counts, or that many for each of 2, 4, 5, 10 or 20 bins; found {counts.Length}.", nameof(counts));
        }

        foreach (var count in counts)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(count, nameof(counts));
        }

        Values = values;
        _counts = counts.ToArray();
    }

    /// <summary>How many values there are on each side.</summary>
    public int Values { get; }

    /// <summary>How many bins of the score each predicted value is told apart by.</summary>
    public int Bins { get; }

    /// <summary><c>[true value, predicted value, bin]</c>, row after row.</summary>
    public ReadOnlySpan<long> Counts => _counts;

    /// <summary>Texts of value <paramref name="actual"/> that the model labelled <paramref name="predicted"/>.</summary>
    public long this[int actual, int predicted]
    {
        get
        {
            var sum = 0L;
            foreach (var count in Row(actual).Slice(predicted * Bins, Bins))
            {
                sum += count;
            }

            return sum;
        }
    }

    /// <summary><c>[predicted value, bin]</c>: the texts whose true value is <paramref name="actual"/>.</summary>
    public ReadOnlySpan<long> Row(int actual) => Counts.Slice(actual * Values * Bins, Values * Bins);

    /// <summary>How many texts have the true value <paramref name="actual"/>.</summary>
    public long Actual(int actual)
    {
        var sum = 0L;
        foreach (var count in Row(actual))
        {
            sum += count;
        }

        return sum;
    }

    /// <summary>Whether all counts agree.</summary>
    public bool Equals(ConfusionMatrix? other) => other is not null && Values == other.Values && Counts.SequenceEqual(other.Counts);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ConfusionMatrix);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var count in _counts)
        {
            hash.Add(count);
        }

        return hash.ToHashCode();
    }
}
