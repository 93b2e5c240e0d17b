using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Documents;
using ValueImprint.Core.Imprints;
using ValueImprint.Core.Taxonomy;

namespace ValueImprint.Core.Gate;

/// <summary>A policy with its names looked up in a taxonomy, and what could not be found.</summary>
internal sealed class PolicyBinding
{
    private readonly DiagnosticBag _bag;
    private readonly Dictionary<string, int[]> _groups = new(StringComparer.Ordinal);
    private readonly Policy _policy;
    private readonly TaxonomyIdentity _taxonomy;

    public PolicyBinding(Policy policy, TaxonomyIdentity taxonomy)
    {
        (_policy, _taxonomy, _bag) = (policy, taxonomy, new DiagnosticBag(policy.Source));
        CheckTaxonomy();
        foreach (var group in policy.Groups)
        {
            _groups[group.Name] = BindGroup(group);
        }

        Coverage = [.. policy.Coverage.Select(rule => new BoundRule<CoverageRule>(
            rule, Bind(rule.Target), rule.IdOf(rule.Target.InRuleId(taxonomy))))];
        Contrast = [.. policy.Contrast.Select(rule => new BoundRule<ContrastRule>(
            rule, Bind(rule.Target), rule.IdOf(rule.Target.InRuleId(taxonomy))))];
        Drift = [.. policy.Drift.Select(rule => new BoundRule<DriftRule>(
            rule, rule.Target is { } target ? Bind(target) : [], rule.IdOf(rule.Target?.InRuleId(taxonomy) ?? "divergence")))];
        CheckRules();
        Diagnostics = _bag.ToList();
    }

    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    /// <summary>The rules with the indexes of their values; complete where there are no diagnostics.</summary>
    public IReadOnlyList<BoundRule<CoverageRule>> Coverage { get; }

    /// <summary>As <see cref="Coverage"/>.</summary>
    public IReadOnlyList<BoundRule<ContrastRule>> Contrast { get; }

    /// <summary>As <see cref="Coverage"/>; without values for a rule on the whole distribution.</summary>
    public IReadOnlyList<BoundRule<DriftRule>> Drift { get; }

    private void CheckTaxonomy()
    {
        if (_policy.Taxonomy is { } wanted && wanted.Name != _taxonomy.Id)
        {
            _bag.Error(
                DiagnosticCatalogue.TaxonomyMismatch,
                wanted.Position,
                $"The policy is for the taxonomy '{Quote.Short(wanted.Name)}', the dataset was audited with '{_taxonomy.Id}'. "
                + "Use a model of the policy's taxonomy, or write a policy for this one.");
        }
    }

    private int[] BindGroup(ValueGroup group)
    {
        var values = new List<int>();
        foreach (var member in group.Values)
        {
            var index = BindValue(member);
            if (index >= 0 && values.Contains(index))
            {
                _bag.Error(
                    DiagnosticCatalogue.DuplicateKey,
                    member.Position,
                    $"The value '{member.Name}' stands twice in the group '{group.Name}'. Keep one of them.");
            }

            values.Add(index);
        }

        return [.. values];
    }

    private int[] Bind(RuleTarget target)
    {
        if (!target.IsGroup)
        {
            return [BindValue(target)];
        }

        if (_groups.TryGetValue(target.Name, out var values))
        {
            return values;
        }

        var known = _groups.Count == 0 ? "The policy defines no groups." : $"Known groups: {string.Join(", ", _groups.Keys)}.";
        _bag.Error(
            DiagnosticCatalogue.UnknownGroup,
            target.Position,
            $"Unknown group '{Quote.Short(target.Name)}'.{NearestWord.Hint(target.Name, _groups.Keys)} {known}");
        return [];
    }

    private int BindValue(RuleTarget value)
    {
        if (_taxonomy.TryFind(value.Name, out var index))
        {
            return index;
        }

        var ids = _taxonomy.Values.Select(static known => known.Id);
        _bag.Error(
            DiagnosticCatalogue.UnknownValue,
            value.Position,
            $"Unknown value '{Quote.Short(value.Name)}' in the taxonomy {_taxonomy}.{NearestWord.Hint(value.Name, _taxonomy.IdsAndNames())} "
            + $"Known values: {string.Join(", ", ids)}.");
        return -1;
    }

    private void CheckRules()
    {
        if (_policy.Coverage.Count + _policy.Contrast.Count + _policy.Drift.Count == 0)
        {
            _bag.Error(
                DiagnosticCatalogue.RuleWithoutEffect,
                new SourcePosition(_policy.Source.Length > 0 ? _policy.Source : null),
                "The policy has no rules, so every dataset would pass. Add a rule.");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        CheckDistinct(seen, Coverage.Select(static bound => (bound.Id, bound.Rule.Position)));
        CheckDistinct(seen, Contrast.Select(static bound => (bound.Id, bound.Rule.Position)));
        CheckDistinct(seen, Drift.Select(static bound => (bound.Id, bound.Rule.Position)));
    }

    private void CheckDistinct(HashSet<string> seen, IEnumerable<(string Id, SourcePosition Position)> rules)
    {
        foreach (var (id, position) in rules.Where(rule => !seen.Add(rule.Id)))
        {
            _bag.Error(
                DiagnosticCatalogue.DuplicateRule,
                position,
                $"An earlier rule is about the same ({Quote.Short(id)}). Put the bounds into one rule, or give one another 'level' or 'judge'.");
        }
    }
}

/// <summary>A rule whose names were looked up.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Values">Indexes of the values that it is about; -1 for one that is not in the taxonomy.</param>
/// <param name="Id">Its name in reports; the same whether the policy names a value by id or by display name.</param>
internal readonly record struct BoundRule<T>(T Rule, IReadOnlyList<int> Values, string Id);
