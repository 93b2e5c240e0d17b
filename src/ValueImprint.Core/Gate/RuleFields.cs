using System.Globalization;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Documents;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Gate;

/// <summary>The texts of a rule by key, read as what they stand for; what can't be is reported at its place.</summary>
/// <param name="fields">The texts by key.</param>
/// <param name="position">Where the rule stands.</param>
/// <param name="what">What it is, such as <c>a coverage rule</c>.</param>
/// <param name="isComplete">
/// False where a key was misspelt or unreadable, and reported: to report the same key as missing would only be noise.
/// </param>
/// <param name="bag">Takes the diagnostics.</param>
internal sealed class RuleFields(
    IReadOnlyDictionary<string, RuleField> fields, SourcePosition position, string what, bool isComplete, DiagnosticBag bag)
{
    public SourcePosition Position => position;

    public bool HasErrors => bag.HasErrors;

    public bool Has(string key) => fields.ContainsKey(key);

    /// <summary>Either a value or a group.</summary>
    public RuleTarget Target()
    {
        var (isValue, isGroup) = (fields.TryGetValue("value", out var value), fields.TryGetValue("group", out var group));
        if (isValue != isGroup)
        {
            var field = isValue ? value : group;
            return new RuleTarget(field.Text.Trim(), isGroup, field.Position);
        }

        if (isValue || isComplete)
        {
            var found = isValue ? "both" : "neither";
            bag.Error(DiagnosticCatalogue.AmbiguousRule, position, $"Expected either 'value' or 'group' in {what}, found {found}.");
        }

        return default;
    }

    /// <summary>A scope; <see langword="null"/> for all of them.</summary>
    public TextScope? Scope()
    {
        if (!fields.TryGetValue("scope", out var field))
        {
            if (isComplete)
            {
                bag.Error(
                    DiagnosticCatalogue.MissingKey,
                    position,
                    $"The key 'scope' is missing in {what}. Expected one of {string.Join(", ", RuleWords.Scopes)}.");
            }

            return null;
        }

        return TextScopes.TryParse(field.Text, out var scope) ? scope
            : field.Text == RuleWords.AllScopes ? null
            : (TextScope)UnknownWord("scope", field, RuleWords.Scopes);
    }

    public JudgedOn Judge() => (JudgedOn)Word("judge", RuleWords.Judges);

    public RuleLevel Level() => (RuleLevel)Word("level", RuleWords.Levels);

    /// <summary>The index of the word; the first one, the default, where the key is absent.</summary>
    public int Word(string key, IReadOnlyList<string> words)
    {
        if (!fields.TryGetValue(key, out var field))
        {
            return 0;
        }

        for (var index = 0; index < words.Count; index++)
        {
            if (words[index] == field.Text)
            {
                return index;
            }
        }

        return UnknownWord(key, field, words);
    }

    /// <summary>A share; <see langword="null"/> where the key is absent or, with a diagnostic, no share.</summary>
    public ShareBound? Share(string key)
    {
        if (!fields.TryGetValue(key, out var field))
        {
            return null;
        }

        if (ShareBound.TryParse(field.Text, out var bound, out var problem))
        {
            return bound;
        }

        bag.Error(DiagnosticCatalogue.InvalidShare, field.Position, $"The {key}: {problem}");
        return null;
    }

    /// <summary>A difference of shares; <see langword="null"/> where the key is absent or, with a diagnostic, none.</summary>
    public DifferenceBound? Difference(string key)
    {
        if (!fields.TryGetValue(key, out var field))
        {
            return null;
        }

        if (DifferenceBound.TryParse(field.Text, out var bound, out var problem))
        {
            return bound;
        }

        bag.Error(DiagnosticCatalogue.InvalidShare, field.Position, $"The {key}: {problem}");
        return null;
    }

    /// <summary>A whole number from 1; the given one where the key is absent.</summary>
    public long Count(string key, long unset)
    {
        if (!fields.TryGetValue(key, out var field))
        {
            return unset;
        }

        if (long.TryParse(field.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0)
        {
            return count;
        }

        bag.Error(
            DiagnosticCatalogue.InvalidNumber,
            field.Position,
            $"'{Quote.Short(field.Text)}' is not a number for '{key}'. Expected a whole number from 1, such as 500.");
        return unset;
    }

    /// <summary>Reports a rule in which none of some keys is given.</summary>
    public void RequireOneOf(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (Has(key))
            {
                return;
            }
        }

        if (isComplete)
        {
            var names = string.Join(" nor ", keys.ToArray().Select(static key => $"'{key}'"));
            WithoutEffect(null, $"Neither {names} is given, so the rule would always hold. Give a bound.");
        }
    }

    /// <summary>Reports a bound that no dataset could break, at its key or, for <see langword="null"/>, at the rule.</summary>
    public void WithoutEffect(string? key, string message) =>
        Error(DiagnosticCatalogue.RuleWithoutEffect, key, message);

    public void Error(DiagnosticCode code, string? key, string message) =>
        bag.Error(code, key is null ? position : fields[key].Position, message);

    private int UnknownWord(string key, RuleField field, IReadOnlyList<string> words)
    {
        bag.Error(
            DiagnosticCatalogue.UnknownWord,
            field.Position,
            $"Unknown {key} '{Quote.Short(field.Text)}'.{NearestWord.Hint(field.Text, words)} Expected one of {string.Join(", ", words)}.");
        return 0;
    }
}

/// <summary>The text of one key of a rule, and its place.</summary>
internal readonly record struct RuleField(string Text, SourcePosition Position);
