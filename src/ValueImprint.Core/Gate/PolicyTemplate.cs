using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Documents;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Imprints;
using static System.FormattableString;

namespace ValueImprint.Core.Gate;

/// <summary>
/// Writes a policy to start from: one that a given imprint passes, with a minimum for every value that it shows. Each minimum is the
/// lower end of the share's interval, rounded down, so that a dataset of the same kind passes as well.
/// </summary>
public static class PolicyTemplate
{
    // Tenths of a percent suffice for most shares; smaller ones need more digits to stay above 0.
    private const int FewestDecimals = 1;
    private const int MaxDecimals = 10;

    /// <summary>Writes the policy as YAML; lines end with a line feed.</summary>
    /// <param name="imprint">The imprint that shall pass.</param>
    /// <param name="imprintName">Its file's name, for a comment.</param>
    /// <param name="writer">Takes the policy; nothing is written where there is a problem.</param>
    /// <param name="problem">Why there is nothing to ask for.</param>
    public static bool TryWrite(Imprint imprint, string imprintName, TextWriter writer, [NotNullWhen(false)] out Diagnostic? problem)
    {
        ScopeCounts[] scopes = [.. imprint.Scopes.Where(static scope => scope.Texts > scope.Abstained)];
        // What was rejected need not show values, unless there is nothing else.
        scopes = scopes.All(static scope => scope.Scope == TextScope.Rejected)
            ? scopes
            : [.. scopes.Where(static scope => scope.Scope != TextScope.Rejected)];
        problem = scopes.Length > 0 ? null : Diagnostic.Error(
            DiagnosticCatalogue.NothingToJudge,
            new SourcePosition(imprintName),
            "No text of the imprint has a value, so there is nothing that a policy could ask for.");
        if (problem is null)
        {
            Write(imprint, imprintName, scopes, writer);
        }

        return problem is null;
    }

    private static void Write(Imprint imprint, string imprintName, ScopeCounts[] scopes, TextWriter writer)
    {
        Line($"# A policy that {OneLine(imprintName)} passes: a floor for each value that the dataset shows today.");
        Line("# Each minimum is the lower end of the share's 95 % interval, rounded down. Raise what must not be thin.");
        Line($"policy: {Policy.SchemaVersion}");
        Line($"taxonomy: {imprint.Taxonomy.Id}");
        Line();
        Line("coverage:");
        foreach (var scope in scopes)
        {
            foreach (var (index, value) in imprint.Taxonomy.Values.Index())
            {
                var share = new Share(scope.Values[index].Texts, scope.Texts);
                Line(Invariant($"  # {value.Name}: {ShareText.Percent(share.Value)} ({share.Count:N0} of {share.Total:N0} {scope.Scope.Name()} texts)"));
                if (share.Count == 0)
                {
                    Line($"  # - value: {value.Id}        # not shown at all: decide whether it must be");
                    continue;
                }

                Line($"  - value: {value.Id}");
                Line($"    scope: {scope.Scope.Name()}");
                Line($"    minimum: {MinimumFor(share)}");
            }
        }

        void Line(string text = "") => writer.Write(text + "\n");
    }

    // The lower end lies below the share, so its digits cut off do too: the imprint passes.
    private static string MinimumFor(Share share)
    {
        var lower = (decimal)WilsonInterval.Of(share, ConfidenceLevel.Default).Lower * 100;
        for (var decimals = FewestDecimals; decimals <= MaxDecimals; decimals++)
        {
            var rounded = decimal.Round(lower, decimals, MidpointRounding.ToZero);
            if (rounded > 0)
            {
                return rounded.ToString("0.##########", CultureInfo.InvariantCulture) + "%";
            }
        }

        return Invariant($"1/{share.Total}");
    }

    private static string OneLine(string text) => Documents.Quote.Short(text);
}
