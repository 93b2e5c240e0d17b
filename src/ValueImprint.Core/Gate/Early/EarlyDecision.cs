using ValueImprint.Core.Estimation;
using static System.FormattableString;

namespace ValueImprint.Core.Gate.Early;

/// <summary>How an early decision came about: the verdict is about all rows, and stands on some of them.</summary>
/// <param name="RowsNeeded">Rows that were looked at, drawn in random order, until every rule was settled.</param>
/// <param name="RowsRead">All rows of the dataset.</param>
/// <param name="ErrorRate">The most probable it is, over the random order, that a full audit says otherwise of any rule.</param>
public sealed record EarlyDecision(long RowsNeeded, long RowsRead, double ErrorRate)
{
    /// <summary>A sentence for people.</summary>
    public string Summary => Invariant($"Settled by {RowsNeeded:N0} of {RowsRead:N0} rows in random order; a full audit would say otherwise with a ")
        + $"probability of at most {ShareText.Percent(ErrorRate)}.";
}
