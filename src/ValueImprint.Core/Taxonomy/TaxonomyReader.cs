using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Documents;

namespace ValueImprint.Core.Taxonomy;

/// <summary>Reads a taxonomy file by its schema.</summary>
internal sealed class TaxonomyReader(string sourceName)
{
    private readonly DiagnosticBag _bag = new(sourceName);

    public bool TryRead(
        TextReader reader,
        [NotNullWhen(true)] out ValueTaxonomy? taxonomy,
        out IReadOnlyList<Diagnostic> diagnostics)
    {
        var root = DocumentParser.Parse(reader, _bag);
        return _bag.Conclude(root is null ? null : ReadTaxonomy(root), out taxonomy, out diagnostics);
    }

    private ValueTaxonomy? ReadTaxonomy(DocumentNode root)
    {
        var mapping = MappingReader.Open(
            root, "a taxonomy", _bag, "taxonomy", "id", "version", "name", "description", "frameworks", "values", "references");
        if (mapping is null)
        {
            return null;
        }

        var schema = mapping.RequiredText("taxonomy");
        if (schema is not null && schema.Text != ValueTaxonomy.SchemaVersion.ToString(CultureInfo.InvariantCulture))
        {
            _bag.Error(
                DiagnosticCatalogue.UnsupportedVersion,
                schema,
                $"Taxonomy schema '{Quote.Short(schema.Text)}' is not known; this version reads 'taxonomy: {ValueTaxonomy.SchemaVersion}'.");
        }

        var id = Checked(mapping.RequiredText("id"), static text => TaxonomyRules.CheckId(text, "taxonomy"));
        var version = Checked(mapping.RequiredText("version"), TaxonomyRules.CheckVersion);
        var name = Checked(mapping.RequiredText("name"), TaxonomyRules.CheckName);
        var frameworks = ReadFrameworks(mapping);
        var values = ReadValues(mapping, frameworks);
        var references = ReadReferences(mapping);
        return _bag.HasErrors
            ? null
            : new ValueTaxonomy(id, version, name, TextOf(mapping, "description"), values, frameworks, references);
    }

    private List<EthicalFramework> ReadFrameworks(MappingReader taxonomy)
    {
        var frameworks = new List<EthicalFramework>();
        foreach (var item in taxonomy.List("frameworks")?.Items ?? [])
        {
            if (MappingReader.Open(item, "a framework", _bag, "id", "name", "description") is not { } mapping)
            {
                continue;
            }

            var id = Checked(mapping.RequiredText("id"), static text => TaxonomyRules.CheckId(text, "framework"));
            if (frameworks.Any(framework => framework.Id == id))
            {
                _bag.Error(DiagnosticCatalogue.InvalidTaxonomy, item, $"The framework id '{id}' is taken by an earlier one.");
            }

            var name = Checked(mapping.RequiredText("name"), TaxonomyRules.CheckName);
            frameworks.Add(new EthicalFramework(id, name, TextOf(mapping, "description")));
        }

        return frameworks;
    }

    private List<TaxonomyValue> ReadValues(MappingReader taxonomy, List<EthicalFramework> frameworks)
    {
        var values = new List<TaxonomyValue>();
        var list = taxonomy.RequiredList("values");
        if (list is not null && TaxonomyRules.CheckCount(list.Items.Count) is { } problem)
        {
            _bag.Error(DiagnosticCatalogue.InvalidTaxonomy, list, problem);
        }

        var names = new TaxonomyRules.NamesTaken();
        foreach (var item in list?.Items ?? [])
        {
            if (MappingReader.Open(item, "a value", _bag, "id", "name", "description", "sub_values", "framework") is not { } mapping)
            {
                continue;
            }

            var id = Checked(mapping.RequiredText("id"), static text => TaxonomyRules.CheckId(text, "value"));
            var name = mapping.Has("name") ? Checked(mapping.Text("name"), TaxonomyRules.CheckName) : id;
            if (id.Length > 0 && name.Length > 0 && names.Take(id, name) is { } taken)
            {
                _bag.Error(DiagnosticCatalogue.InvalidTaxonomy, item, taken);
            }

            values.Add(new TaxonomyValue
            {
                Id = id,
                Name = name,
                Description = TextOf(mapping, "description"),
                SubValues = [.. mapping.Texts("sub_values").Select(static text => text.Text)],
                Framework = FindFramework(mapping.Text("framework"), frameworks),
            });
        }

        return values;
    }

    private EthicalFramework? FindFramework(ScalarNode? named, List<EthicalFramework> frameworks)
    {
        if (named is null)
        {
            return null;
        }

        var framework = frameworks.Find(candidate => candidate.Id == named.Text);
        if (framework is null)
        {
            var hint = NearestWord.Hint(named.Text, frameworks.Select(static candidate => candidate.Id));
            _bag.Error(
                DiagnosticCatalogue.InvalidTaxonomy,
                named,
                $"The framework '{Quote.Short(named.Text)}' is not among the taxonomy's 'frameworks'.{hint}");
        }

        return framework;
    }

    private List<TaxonomyReference> ReadReferences(MappingReader taxonomy)
    {
        var references = new List<TaxonomyReference>();
        foreach (var item in taxonomy.List("references")?.Items ?? [])
        {
            if (MappingReader.Open(item, "a reference", _bag, "title", "url") is { } mapping)
            {
                references.Add(new TaxonomyReference(mapping.RequiredText("title")?.Text ?? "", TextOf(mapping, "url")));
            }
        }

        return references;
    }

    private static string TextOf(MappingReader mapping, string key) => mapping.Text(key)?.Text ?? "";

    // A text that breaks its rule is reported at its place; an absent one has been reported by then.
    private string Checked(ScalarNode? node, Func<string, string?> check)
    {
        if (node is not null && check(node.Text) is { } problem)
        {
            _bag.Error(DiagnosticCatalogue.InvalidTaxonomy, node, problem);
        }

        return node?.Text ?? "";
    }
}
