namespace ValueImprint.Core.Imprints;

/// <summary>Pairs by which of their two texts have something; the pairs in which neither has it are the rest.</summary>
/// <param name="Both">Both texts have it.</param>
/// <param name="ChosenOnly">The chosen text alone has it.</param>
/// <param name="RejectedOnly">The rejected text alone has it.</param>
public readonly record struct PairedCounts(long Both, long ChosenOnly, long RejectedOnly)
{
    /// <summary>Pairs whose chosen text has it.</summary>
    public long Chosen => checked(Both + ChosenOnly);

    /// <summary>Pairs whose rejected text has it.</summary>
    public long Rejected => checked(Both + RejectedOnly);

    internal PairedCounts Plus(PairedCounts other) => checked(new(
        Both + other.Both, ChosenOnly + other.ChosenOnly, RejectedOnly + other.RejectedOnly));

    internal PairedCounts Plus(bool chosen, bool rejected) => (chosen, rejected) switch
    {
        (true, true) => this with { Both = Both + 1 },
        (true, false) => this with { ChosenOnly = ChosenOnly + 1 },
        (false, true) => this with { RejectedOnly = RejectedOnly + 1 },
        _ => this,
    };
}
