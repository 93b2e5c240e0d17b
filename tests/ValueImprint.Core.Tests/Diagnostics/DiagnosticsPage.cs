using System.Text;
using ValueImprint.Core.Diagnostics;

namespace ValueImprint.Core.Tests.Diagnostics;

/// <summary>The page that explains all diagnostics, made from the catalogue.</summary>
internal static class DiagnosticsPage
{
    private static readonly string[] _kinds =
    [
        "Usage: the policy, the taxonomy or the command is wrong",
        "Coverage: the dataset does not show what the policy asks for",
        "Drift: the dataset moved away from its baseline",
        "Input: nothing, or nothing readable, to judge",
        "Internal: a fault of ValueImprint",
    ];

    public static string Write()
    {
        var page = new StringBuilder(
            """
            # Diagnostics

            Every message of ValueImprint has a code. Codes are never reused. A message names the place, what was found, what was
            expected and what to do; it never holds dataset text.

            """).Append('\n');
        foreach (var (kind, codes) in Enum.GetValues<DiagnosticKind>().Zip(_kinds).Select(static pair =>
            (pair.Second, DiagnosticCatalogue.All.Where(code => code.Kind == pair.First).ToList())))
        {
            page.Append("## ").Append(kind).Append("\n\n");
            foreach (var code in codes)
            {
                page.Append("### ").Append(code.Id).Append("\n\n**").Append(code.Title).Append(".** ").Append(code.Explanation).Append("\n\n");
            }
        }

        return page.ToString().ReplaceLineEndings("\n").TrimEnd() + "\n";
    }
}
