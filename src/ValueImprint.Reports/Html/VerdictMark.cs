using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Reports.Html;

/// <summary>A verdict as a word with a mark.</summary>
internal static class VerdictMark
{
    public static string WordOf(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "✓ Passed",
        Verdict.Warn => "! Passed, with warnings",
        Verdict.Inconclusive => "? Inconclusive",
        _ => "✕ Failed",
    };

    public static Tag TagOf(Verdict verdict) => new(
        verdict switch
        {
            Verdict.Pass => "✓ pass",
            Verdict.Warn => "! warn",
            Verdict.Inconclusive => "? inconclusive",
            _ => "✕ fail",
        },
        verdict.Name());
}
