namespace ValueImprint.Datasets.Likeness;

/// <summary>A record's signature: the least of each of 112 hashes over its shingles, eight to a band. Not thread-safe.</summary>
internal sealed class MinHash
{
    /// <summary>Bands of a signature.</summary>
    public const int Bands = 14;

    private const int BandHashes = 8;

    private readonly ulong[] _least = new ulong[Bands * BandHashes];
    private readonly ulong[] _seeds = new ulong[Bands * BandHashes];

    public MinHash()
    {
        for (var index = 0; index < _seeds.Length; index++)
        {
            _seeds[index] = Mix.Of((ulong)index + 1);
        }
    }

    /// <summary>Signs a record.</summary>
    /// <param name="record">All its texts count, each in its scope.</param>
    /// <param name="bands"><c>[Bands]</c>: a number for each band, equal where all of the band's hashes are.</param>
    /// <returns>False for a record without a word.</returns>
    public bool TrySign(DatasetRecord record, Span<ulong> bands)
    {
        Array.Fill(_least, ulong.MaxValue);
        var isSigned = false;
        foreach (var text in record.Texts)
        {
            // What is chosen in one record and rejected in another is no likeness.
            var shingles = new WordShingles(text.Text, salt: Mix.Of((ulong)text.Scope + 1));
            while (shingles.MoveNext())
            {
                isSigned = true;
                Take(shingles.Current);
            }
        }

        for (var band = 0; band < Bands; band++)
        {
            var key = (ulong)band;
            foreach (var least in _least.AsSpan(band * BandHashes, BandHashes))
            {
                key = Mix.Of(key ^ least);
            }

            bands[band] = key;
        }

        return isSigned;
    }

    private void Take(ulong shingle)
    {
        for (var index = 0; index < _seeds.Length; index++)
        {
            _least[index] = Math.Min(_least[index], Mix.Of(shingle ^ _seeds[index]));
        }
    }
}

/// <summary>
/// A 64-bit number whose every bit depends on every bit of another: the output step of splitmix64 (G. L. Steele, D. Lea and C. H. Flood,
/// "Fast splittable pseudorandom number generators", OOPSLA 2014).
/// </summary>
internal static class Mix
{
    public static ulong Of(ulong number)
    {
        number += 0x9E3779B97F4A7C15;
        number = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9;
        number = (number ^ (number >> 27)) * 0x94D049BB133111EB;
        return number ^ (number >> 31);
    }
}
