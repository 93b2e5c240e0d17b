using System.Globalization;
using ValueImprint.Core.Documents;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Taxonomy;

/// <summary>What a set of values must fulfil to be a taxonomy.</summary>
internal static class TaxonomyRules
{
    /// <summary>One sentence a problem, for a taxonomy made in code.</summary>
    public static IReadOnlyList<string> Check(string id, string version, IReadOnlyList<TaxonomyValue> values)
    {
        var problems = new List<string>();
        Add(CheckId(id, "taxonomy"));
        Add(CheckVersion(version));
        Add(CheckCount(values.Count));
        var names = new NamesTaken();
        foreach (var value in values)
        {
            Add(CheckId(value.Id, "value"));
            Add(CheckName(value.Name));
            Add(names.Take(value.Id, value.Name));
        }

        return problems;

        void Add(string? problem)
        {
            if (problem is not null)
            {
                problems.Add(problem);
            }
        }
    }

    public static string? CheckId(string id, string what) => ValueName.IsId(id)
        ? null
        : $"The {what} id '{Documents.Quote.Short(id)}' has not the form of an id: {ValueName.IdForm}, such as 'well-being'.";

    public static string? CheckVersion(string version) => version.Length is > 0 and <= ValueName.LongestId && !version.Any(char.IsControl)
        ? null
        : "The version must be a text of 1 to 64 characters on one line, such as '1.0'.";

    public static string? CheckCount(int count) => count switch
    {
        0 => "A taxonomy needs at least one value.",
        > ValueTaxonomy.MaxValues => string.Create(
            CultureInfo.InvariantCulture, $"A taxonomy has at most {ValueTaxonomy.MaxValues} values; found {count}."),
        _ => null,
    };

    public static string? CheckName(string name) =>
        name.Length <= ValueName.LongestName && !string.IsNullOrWhiteSpace(name) && name == name.Trim() && !name.Any(char.IsControl)
            ? null
            : $"The name '{Documents.Quote.Short(name)}' must be a text of 1 to 200 characters on one line, without spaces around it.";

    /// <summary>Ids and names share one space, since a policy accepts either.</summary>
    internal sealed class NamesTaken
    {
        private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

        public string? Take(string id, string name)
        {
            var isFree = _taken.Add(id);
            if (!string.Equals(id, name, StringComparison.OrdinalIgnoreCase))
            {
                isFree &= _taken.Add(name);
            }

            return isFree ? null : $"The id '{id}' or the name '{name}' is taken by an earlier value; both must be unique.";
        }
    }
}
