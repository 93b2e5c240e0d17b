using System.Globalization;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.MSBuild.Surface;

/// <summary>The one line that a build prints of a gate that did not fail.</summary>
internal static class GateLine
{
    public static string For(GateResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"ValueImprint: {result.Verdict.Name()}; {result.Rules.Count} rules, {result.Imprint.Texts} texts of {result.Imprint.Rows.Read} rows.");
}
