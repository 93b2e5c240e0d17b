using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Gate.Early;

/// <summary>
/// What is known of a dataset once it was read and before any text was classified: the population that an early decision draws from.
/// For one thread.
/// </summary>
public sealed class EarlySurvey
{
    private readonly long[] _texts = new long[TextScopes.Count];
    private readonly int[] _most = new int[TextScopes.Count];

    /// <summary>Rows with texts to classify: what is drawn from.</summary>
    public long Rows { get; private set; }

    /// <summary>All rows.</summary>
    public long RowsRead { get; private set; }

    /// <summary>Rows that could not be read.</summary>
    public long Rejected { get; private set; }

    private int MostOfAll { get; set; }

    /// <summary>Counts a row with texts.</summary>
    /// <param name="scopes">The scope of each text, at least one.</param>
    public void AddRow(ReadOnlySpan<TextScope> scopes)
    {
        if (scopes.IsEmpty)
        {
            throw new ArgumentException("A row to classify has at least one text; reject it instead.", nameof(scopes));
        }

        Rows++;
        RowsRead++;
        MostOfAll = Math.Max(MostOfAll, scopes.Length);
        foreach (var scope in scopes)
        {
            _texts[(int)scope]++;
            _most[(int)scope] = Math.Max(_most[(int)scope], scopes.Count(scope));
        }
    }

    /// <summary>Counts a row that could not be read.</summary>
    public void AddRejected()
    {
        RowsRead++;
        Rejected++;
    }

    /// <summary>Counts a row that is left out as a duplicate.</summary>
    public void AddDuplicate() => RowsRead++;

    /// <summary>Most texts that a scope, or for <see langword="null"/> all together, can have: fewer where rows are rejected later.</summary>
    internal long Texts(TextScope? scope) => scope is { } one ? _texts[(int)one] : _texts.Sum();

    /// <summary>Most texts of the scope in one row.</summary>
    internal int MostTextsPerRow(TextScope? scope) => scope is { } one ? _most[(int)one] : MostOfAll;
}

/// <summary>Which rules can be settled before the last row, and what to say of the others.</summary>
public static class EarlyLimits
{
    private const string WhatToDo = "Check without an early decision, or keep such rules in a policy of their own.";

    /// <summary>
    /// The rules that need the whole dataset, each with its place: those on contrast and drift, on an adjusted prevalence, and on a group of a
    /// multi-label model. Also those that no dataset can settle: on the stance that the model does not give. Cheap: ask before a long run.
    /// </summary>
    /// <param name="policy">The rules.</param>
    /// <param name="model">The model that is going to classify.</param>
    public static IReadOnlyList<Diagnostic> Check(Policy policy, ImprintModel model) =>
    [
        .. policy.Coverage.SelectMany(rule => CheckRule(rule, model)),
        .. policy.Contrast.Select(static rule => Refuse(rule.Position, "A rule on the contrast of pairs", "its test takes all pairs")),
        .. policy.Drift.Select(static rule => Refuse(rule.Position, "A rule on drift", "a baseline is compared with a whole dataset")),
    ];

    private static IEnumerable<Diagnostic> CheckRule(CoverageRule rule, ImprintModel model)
    {
        if (rule.Estimate == EstimateKind.Adjusted)
        {
            yield return Refuse(rule.Position, "A rule on an adjusted prevalence", "the estimate takes the labels of all texts");
        }
        else if (rule.Target.IsGroup && model.ProblemType == ProblemType.MultiLabel)
        {
            yield return Refuse(rule.Position, $"A rule on the group '{rule.Target.Name}' of a multi-label model", "it may turn out not to be countable");
        }
        else if (rule.Stance is not null && !model.HasStance)
        {
            yield return Diagnostic.Error(
                DiagnosticCatalogue.NoStance,
                rule.Position,
                $"'{rule.Target.Name}' can not be judged by stance: the model '{model.Name}' gives none. Use a model with a stance head, "
                + "or leave out the rule's 'stance'.");
        }
    }

    private static Diagnostic Refuse(SourcePosition position, string what, string why) =>
        Diagnostic.Error(DiagnosticCatalogue.NotSettledEarly, position, $"{what} can not be settled early: {why}. {WhatToDo}");
}
