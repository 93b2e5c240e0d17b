using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Taxonomy;

/// <summary>
/// A versioned set of values that texts are classified into. The seven of the Value Imprint paper are <see cref="BuiltIn"/>; any other
/// set, single- or multi-label, works in the same way. Immutable.
/// </summary>
public sealed class ValueTaxonomy
{
    /// <summary>Most values of a taxonomy.</summary>
    public const int MaxValues = 1000;

    /// <summary>The version of the taxonomy file's schema that this library reads.</summary>
    public const int SchemaVersion = 1;

    private static readonly Lazy<ValueTaxonomy> _builtIn = new(ReadBuiltIn);

    internal ValueTaxonomy(string id, string version, string name, string description, IReadOnlyList<TaxonomyValue> values,
        IReadOnlyList<EthicalFramework> frameworks, IReadOnlyList<TaxonomyReference> references)
    {
        (Name, Description, Values, Frameworks, References) = (name, description, values, frameworks, references);
        ValueName[] names = [.. values.Select(static value => new ValueName(value.Id, value.Name))];
        Identity = new TaxonomyIdentity(id, version, TaxonomyHash.Of(id, version, values), names);
    }

    /// <summary>The seven values of Obi et al. 2024 (arXiv 2411.11937), id <c>value-imprint</c>.</summary>
    public static ValueTaxonomy BuiltIn => _builtIn.Value;

    /// <summary>Such as <c>value-imprint</c>.</summary>
    public string Id => Identity.Id;

    /// <summary>Such as <c>1.0</c>.</summary>
    public string Version => Identity.Version;

    /// <summary>Display name.</summary>
    public string Name { get; }

    /// <summary>What the taxonomy is and where it comes from; may be empty.</summary>
    public string Description { get; }

    /// <summary>SHA-256 over what gives the values their meaning, lower-case hex.</summary>
    public string ContentHash => Identity.ContentHash;

    /// <summary>The values; the order is that of every count and of a model's labels.</summary>
    public IReadOnlyList<TaxonomyValue> Values { get; }

    /// <summary>The schools of ethics that the values refer to; may be empty.</summary>
    public IReadOnlyList<EthicalFramework> Frameworks { get; }

    /// <summary>The sources; may be empty.</summary>
    public IReadOnlyList<TaxonomyReference> References { get; }

    /// <summary>The part that an imprint keeps.</summary>
    public TaxonomyIdentity Identity { get; }

    /// <summary>
    /// Reads a taxonomy file, JSON or YAML, by a strict schema.
    /// </summary>
    /// <param name="stream">UTF-8, with or without a byte-order mark; left open.</param>
    /// <param name="sourceName">The file's name, for messages.</param>
    /// <param name="taxonomy">The taxonomy.</param>
    /// <param name="diagnostics">What is wrong with it, in the order of the file.</param>
    public static bool TryRead(
        Stream stream,
        string sourceName,
        [NotNullWhen(true)] out ValueTaxonomy? taxonomy,
        out IReadOnlyList<Diagnostic> diagnostics)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        return new TaxonomyReader(sourceName).TryRead(reader, out taxonomy, out diagnostics);
    }

    /// <summary>
    /// Makes a taxonomy in code, for instance from the <c>id2label</c> of a model that comes without one.
    /// </summary>
    /// <param name="id">See <see cref="ValueName.IdForm"/>.</param>
    /// <param name="version">Any text without line breaks.</param>
    /// <param name="values">The values in order.</param>
    /// <param name="taxonomy">The taxonomy.</param>
    /// <param name="problems">What is wrong with it, a sentence each.</param>
    public static bool TryCreate(
        string id,
        string version,
        IReadOnlyList<TaxonomyValue> values,
        [NotNullWhen(true)] out ValueTaxonomy? taxonomy,
        out IReadOnlyList<string> problems)
    {
        problems = TaxonomyRules.Check(id, version, values);
        taxonomy = problems.Count > 0 ? null : new ValueTaxonomy(id, version, id, "", values, [], []);
        return taxonomy is not null;
    }

    /// <summary>The value with this id or display name, letter case apart.</summary>
    public bool TryFind(string idOrName, [NotNullWhen(true)] out TaxonomyValue? value)
    {
        value = Identity.TryFind(idOrName, out var index) ? Values[index] : null;
        return value is not null;
    }

    /// <summary>The id or name that a misspelt one was probably meant to be; <see langword="null"/> where none is near.</summary>
    public string? Nearest(string idOrName) => Identity.Nearest(idOrName);

    /// <summary>Id and version.</summary>
    public override string ToString() => Identity.ToString();

    private static ValueTaxonomy ReadBuiltIn()
    {
        const string name = "value-imprint.taxonomy.json";
        using var stream = typeof(ValueTaxonomy).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {name}.");
        return TryRead(stream, name, out var taxonomy, out var diagnostics)
            ? taxonomy
            : throw new InvalidOperationException(string.Join(Environment.NewLine, diagnostics));
    }
}

/// <summary>One category of a taxonomy.</summary>
public sealed record TaxonomyValue
{
    /// <summary>Lower-case words joined by hyphens, such as <c>information-seeking</c>; stable across versions.</summary>
    public required string Id { get; init; }

    /// <summary>Display name, such as <c>Information Seeking</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What texts of this value are about; may be empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>Narrower values that belong to it; may be empty.</summary>
    public IReadOnlyList<string> SubValues { get; init; } = [];

    /// <summary>The school of ethics that it is argued from; <see langword="null"/> where the taxonomy names none.</summary>
    public EthicalFramework? Framework { get; init; }
}

/// <summary>A school of ethics that a value is argued from.</summary>
/// <param name="Id">Such as <c>deontology</c>.</param>
/// <param name="Name">Display name.</param>
/// <param name="Description">One or two sentences; may be empty.</param>
public sealed record EthicalFramework(string Id, string Name, string Description);

/// <summary>A source that a taxonomy rests on.</summary>
/// <param name="Title">Authors, title, year.</param>
/// <param name="Url">Where to read it; may be empty.</param>
public sealed record TaxonomyReference(string Title, string Url);

/// <summary>Tells whether two taxonomies mean the same.</summary>
internal static class TaxonomyHash
{
    /// <summary>
    /// SHA-256 over a canonical JSON of id, version and, for each value in order, id, name, description, sub-values and framework;
    /// lower-case hex. The taxonomy's own description and its references change nothing about the values and stay out.
    /// </summary>
    public static string Of(string id, string version, IReadOnlyList<TaxonomyValue> values)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            writer.WriteStringValue(id);
            writer.WriteStringValue(version);
            foreach (var value in values)
            {
                writer.WriteStartArray();
                writer.WriteStringValue(value.Id);
                writer.WriteStringValue(value.Name);
                writer.WriteStringValue(value.Description);
                writer.WriteStringValue(value.Framework?.Id);
                foreach (var subValue in value.SubValues)
                {
                    writer.WriteStringValue(subValue);
                }

                writer.WriteEndArray();
            }

            writer.WriteEndArray();
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
    }
}
