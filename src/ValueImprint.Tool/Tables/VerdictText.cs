using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Tool.Tables;

/// <summary>Verdicts in a table: a sign, a word and a colour, so that none of them carries the meaning alone.</summary>
internal static class VerdictText
{
    public static Cell Badge(Verdict verdict, Glyphs glyphs) => verdict switch
    {
        Verdict.Pass => new($"{glyphs.Pass} pass", Tint.Good),
        Verdict.Warn => new($"{glyphs.Warn} warn", Tint.Doubtful),
        Verdict.Fail => new($"{glyphs.Fail} fail", Tint.Bad),
        _ => new($"{glyphs.Unknown} {verdict.Name()}", Tint.Doubtful),
    };
}
