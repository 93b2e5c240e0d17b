using System.Collections.Frozen;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Taxonomy;

/// <summary>What an imprint keeps of a taxonomy: enough to name, to look up and to tell whether another one is the same.</summary>
public sealed class TaxonomyIdentity : IEquatable<TaxonomyIdentity>
{
    private readonly FrozenDictionary<string, int> _indexes;

    /// <summary>Names a taxonomy. The caller has checked the names: see <see cref="ValueTaxonomy.TryCreate"/>.</summary>
    /// <exception cref="ArgumentException">Two values share an id or a name.</exception>
    public TaxonomyIdentity(string id, string version, string contentHash, IReadOnlyList<ValueName> values)
    {
        Id = id;
        Version = version;
        ContentHash = contentHash;
        Values = values;
        var indexes = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var index = 0; index < values.Count; index++)
        {
            if (!Add(values[index].Id) || !Add(values[index].Name))
            {
                throw new ArgumentException($"The value '{values[index].Id}' shares its id or name with another one.", nameof(values));
            }

            bool Add(string name) => indexes.TryAdd(name, index) || indexes[name] == index;
        }

        _indexes = indexes.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Such as <c>value-imprint</c>.</summary>
    public string Id { get; }

    /// <summary>Such as <c>1.0</c>.</summary>
    public string Version { get; }

    /// <summary>SHA-256 over what gives the values their meaning, lower-case hex.</summary>
    public string ContentHash { get; }

    /// <summary>The values in the taxonomy's order, which is the order of every count.</summary>
    public IReadOnlyList<ValueName> Values { get; }

    /// <summary>Index of the value with this id or display name, letter case apart.</summary>
    public bool TryFind(string idOrName, out int index) => _indexes.TryGetValue(idOrName.Trim(), out index);

    /// <summary>The id or name that a misspelt one was probably meant to be; <see langword="null"/> where none is near.</summary>
    public string? Nearest(string idOrName) => NearestWord.Find(idOrName, IdsAndNames());

    /// <summary>The values' ids, then their display names.</summary>
    public IEnumerable<string> IdsAndNames() =>
        Values.Select(static value => value.Id).Concat(Values.Select(static value => value.Name));

    /// <summary>Whether both have the same id, version, content and values.</summary>
    public bool Equals(TaxonomyIdentity? other) =>
        other is not null && Id == other.Id && Version == other.Version && ContentHash == other.ContentHash
        && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TaxonomyIdentity);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Version, ContentHash);

    /// <summary>Id and version: <c>value-imprint 1.0</c>.</summary>
    public override string ToString() => $"{Id} {Version}";
}

/// <summary>How a value is named: to programs and to people.</summary>
/// <param name="Id">Such as <c>justice</c>.</param>
/// <param name="Name">Such as <c>Justice &amp; Human/Animal Rights</c>.</param>
public readonly record struct ValueName(string Id, string Name)
{
    /// <summary>Longest id, in characters.</summary>
    public const int LongestId = 64;

    /// <summary>Longest display name, in characters.</summary>
    public const int LongestName = 200;

    /// <summary>The form of an id, in words, for messages.</summary>
    public const string IdForm = "lower-case letters and digits in words joined by hyphens, at most 64 characters";

    /// <summary>Whether a text has the form of an id: see <see cref="IdForm"/>.</summary>
    public static bool IsId(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text.Length > LongestId || text[0] == '-' || text[^1] == '-')
        {
            return false;
        }

        var afterHyphen = false;
        foreach (var character in text)
        {
            if (character == '-' ? afterHyphen : !(char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character)))
            {
                return false;
            }

            afterHyphen = character == '-';
        }

        return true;
    }

    /// <summary>
    /// An id made from a label such as <c>Self-direction: thought</c> (<c>self-direction-thought</c>): runs of anything but ASCII
    /// letters and digits become one hyphen. Empty where nothing is left.
    /// </summary>
    public static string IdFrom(string label)
    {
        var id = new System.Text.StringBuilder(label.Length);
        foreach (var character in label)
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                id.Append(char.ToLowerInvariant(character));
            }
            else if (id.Length > 0 && id[^1] != '-')
            {
                id.Append('-');
            }

            if (id.Length == LongestId)
            {
                break;
            }
        }

        return id.ToString().TrimEnd('-');
    }

    /// <summary>The display name.</summary>
    public override string ToString() => Name;
}
