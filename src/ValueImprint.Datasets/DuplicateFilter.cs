namespace ValueImprint.Datasets;

/// <summary>
/// Tells the first of equal records from its duplicates. Memory is 16 bytes a fingerprint in a table that is at most
/// three quarters full: about 32 MB a million records, and never more than the limit. Not thread-safe.
/// </summary>
public sealed class DuplicateFilter
{
    /// <summary>The most distinct records by default, 50 million: 1 GiB of memory.</summary>
    public const int DefaultMaxDistinct = 50_000_000;

    private const int FirstSlots = 1024;

    private readonly int _maxDistinct;
    private TextFingerprint[] _slots = new TextFingerprint[FirstSlots];

    /// <param name="maxDistinct">The most distinct records, 1 to 750 million; default <see cref="DefaultMaxDistinct"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is out of range.</exception>
    public DuplicateFilter(int maxDistinct = DefaultMaxDistinct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxDistinct, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxDistinct, 750_000_000);
        _maxDistinct = maxDistinct;
    }

    /// <summary>Distinct records so far.</summary>
    public int Distinct { get; private set; }

    /// <summary>Records that were equal to an earlier one.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Takes a record's fingerprint.</summary>
    /// <returns>True for the first one, false for a duplicate.</returns>
    /// <exception cref="DatasetException">There are more distinct records than the limit (<see cref="DatasetProblem.LimitReached"/>).</exception>
    public bool TryAdd(TextFingerprint fingerprint)
    {
        // An empty slot is all zeros; the one fingerprint in 2^128 that is too stands for another.
        fingerprint = fingerprint == default ? new TextFingerprint(0, 1) : fingerprint;
        var slot = Find(_slots, fingerprint);
        if (_slots[slot] == fingerprint)
        {
            Duplicates++;
            return false;
        }

        if (Distinct == _maxDistinct)
        {
            throw new DatasetException(
                DatasetProblem.LimitReached,
                $"Duplicates are looked for among at most {_maxDistinct} different rows, and there are more; audit in shards, which keep equal rows together, or without --dedupe.");
        }

        _slots[slot] = fingerprint;
        if (++Distinct > _slots.Length / 4L * 3)
        {
            Grow();
        }

        return true;
    }

    private static int Find(TextFingerprint[] slots, TextFingerprint fingerprint)
    {
        // The bits of a hash are as good as random: no further mixing, and runs stay short.
        var slot = (int)(fingerprint.Low & (uint)(slots.Length - 1));
        while (slots[slot] != default && slots[slot] != fingerprint)
        {
            slot = (slot + 1) & (slots.Length - 1);
        }

        return slot;
    }

    private void Grow()
    {
        var larger = new TextFingerprint[_slots.Length * 2];
        foreach (var fingerprint in _slots)
        {
            if (fingerprint != default)
            {
                larger[Find(larger, fingerprint)] = fingerprint;
            }
        }

        _slots = larger;
    }
}
