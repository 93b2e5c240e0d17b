using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Documents;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Imprints;
using ValueImprint.Core.Taxonomy;

namespace ValueImprint.Core.Gate;

/// <summary>Reads a policy file by its schema.</summary>
internal sealed class PolicyReader(string sourceName)
{
    private readonly DiagnosticBag _bag = new(sourceName);

    public bool TryRead(TextReader reader, [NotNullWhen(true)] out Policy? policy, out IReadOnlyList<Diagnostic> diagnostics)
    {
        var root = DocumentParser.Parse(reader, _bag);
        return _bag.Conclude(root is null ? null : ReadPolicy(root), out policy, out diagnostics);
    }

    private Policy? ReadPolicy(DocumentNode root)
    {
        var mapping = MappingReader.Open(root, "a policy", _bag, "policy", "taxonomy", "interval", "groups", "coverage", "contrast", "drift");
        if (mapping is null)
        {
            return null;
        }

        CheckVersion(mapping.RequiredText("policy"));
        if (!mapping.Has("coverage") && !mapping.Has("contrast") && !mapping.Has("drift") && !mapping.HasUnknownKeys)
        {
            _bag.Error(DiagnosticCatalogue.MissingKey, root, "The key 'coverage' is missing in a policy (or 'contrast', or 'drift').");
        }

        return new Policy
        {
            Source = _bag.SourceName,
            Taxonomy = mapping.Text("taxonomy") is { } taxonomy ? new RuleTarget(taxonomy.Text, false, _bag.At(taxonomy)) : null,
            Interval = ReadInterval(mapping.Text("interval")),
            Groups = ReadGroups(mapping.Find("groups")),
            Coverage = ReadRules(mapping, "coverage", CoverageRuleParser.What, CoverageRuleText.Keys, CoverageRuleParser.Parse),
            Contrast = ReadRules(mapping, "contrast", ContrastRuleParser.What, ContrastRule.Keys, ContrastRuleParser.Parse),
            Drift = ReadRules(mapping, "drift", DriftRuleParser.What, DriftRule.Keys, DriftRuleParser.Parse),
        };
    }

    private void CheckVersion(ScalarNode? version)
    {
        if (version is not null && version.Text != Policy.SchemaVersion.ToString(CultureInfo.InvariantCulture))
        {
            _bag.Error(
                DiagnosticCatalogue.UnsupportedVersion,
                version,
                $"Policy version '{Quote.Short(version.Text)}' is not known; this version of ValueImprint reads 'policy: {Policy.SchemaVersion}'.");
        }
    }

    private ConfidenceLevel ReadInterval(ScalarNode? node)
    {
        var level = ConfidenceLevel.Default;
        if (node is not null && !ConfidenceLevel.TryParse(node.Text, out level))
        {
            _bag.Error(
                DiagnosticCatalogue.InvalidNumber,
                node,
                $"'{Quote.Short(node.Text)}' is not a confidence. Expected {ConfidenceLevel.Range}.");
        }

        return level;
    }

    private List<ValueGroup> ReadGroups(DocumentNode? node)
    {
        var groups = new List<ValueGroup>();
        if (node is not null and not MappingNode)
        {
            _bag.Error(DiagnosticCatalogue.WrongType, node, $"Expected groups, each with a list of values, found {node.Kind}.");
        }

        foreach (var (name, content) in (node as MappingNode)?.Entries ?? [])
        {
            if (!ValueName.IsId(name.Text))
            {
                _bag.Error(
                    DiagnosticCatalogue.InvalidDocument,
                    name,
                    $"The group name '{Quote.Short(name.Text)}' has not the form of an id: {ValueName.IdForm}.");
            }

            if (groups.Any(group => group.Name == name.Text))
            {
                _bag.Error(DiagnosticCatalogue.DuplicateKey, name, $"The group '{name.Text}' stands twice. Keep one of them.");
            }

            groups.Add(new ValueGroup(name.Text, ReadMembers(name, content), _bag.At(name)));
        }

        return groups;
    }

    private List<RuleTarget> ReadMembers(ScalarNode name, DocumentNode content)
    {
        var members = new List<RuleTarget>();
        if (content is not SequenceNode list)
        {
            _bag.Error(DiagnosticCatalogue.WrongType, content, $"The group '{name.Text}' takes a list of values, found {content.Kind}.");
            return members;
        }

        if (list.Items.Count == 0)
        {
            _bag.Error(DiagnosticCatalogue.RuleWithoutEffect, list, $"The group '{name.Text}' has no values.");
        }

        foreach (var item in list.Items)
        {
            if (item is ScalarNode { IsNull: false } value)
            {
                members.Add(new RuleTarget(value.Text.Trim(), false, _bag.At(value)));
            }
            else
            {
                _bag.Error(DiagnosticCatalogue.WrongType, item, $"The group '{name.Text}' takes values, found {item.Kind}.");
            }
        }

        return members;
    }

    private List<T> ReadRules<T>(
        MappingReader policy, string key, string what, IReadOnlyList<string> keys, Func<RuleFields, T?> parse)
        where T : class
    {
        var rules = new List<T>();
        var list = policy.List(key);
        if (list is { Items.Count: 0 })
        {
            _bag.Error(DiagnosticCatalogue.RuleWithoutEffect, list, $"The list '{key}' is empty, so every dataset would pass. Add a rule.");
        }

        foreach (var item in list?.Items ?? [])
        {
            if (ReadFields(item, what, keys) is { } fields && parse(fields) is { } rule)
            {
                rules.Add(rule);
            }
        }

        return rules;
    }

    private RuleFields? ReadFields(DocumentNode item, string what, IReadOnlyList<string> keys)
    {
        if (MappingReader.Open(item, what, _bag, keys.ToArray()) is not { } mapping)
        {
            return null;
        }

        var isComplete = !mapping.HasUnknownKeys;
        var fields = new Dictionary<string, RuleField>();
        foreach (var key in keys)
        {
            if (mapping.Text(key) is { } text)
            {
                fields.Add(key, new RuleField(text.Text, _bag.At(text)));
            }
            else if (mapping.Has(key))
            {
                isComplete = false;
            }
        }

        return new RuleFields(fields, _bag.At(item), what, isComplete, _bag);
    }
}
