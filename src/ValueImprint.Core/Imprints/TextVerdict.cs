using System.Collections.Immutable;

namespace ValueImprint.Core.Imprints;

/// <summary>What a model said about one text; the text itself is not part of it.</summary>
/// <param name="Scope">Where the text comes from.</param>
/// <param name="Values">
/// Indexes into the taxonomy, each once. A single-label model gives one; none means that the model abstained.
/// </param>
/// <param name="Scores"><c>[values]</c>: calibrated probability of every value in the taxonomy's order, in [0, 1].</param>
/// <param name="Stance">How the answer treats the value at stake; <see langword="null"/> from a model without a stance head.</param>
/// <param name="Truncated">The model did not see the whole text.</param>
public readonly record struct TextVerdict(
    TextScope Scope,
    ReadOnlyMemory<int> Values,
    ReadOnlyMemory<float> Scores,
    Stance? Stance = null,
    bool Truncated = false);

/// <summary>Which side of a record a text comes from; coverage is counted for each scope on its own.</summary>
public enum TextScope
{
    /// <summary>The preferred answer of a preference pair.</summary>
    Chosen,

    /// <summary>The answer of a preference pair that was not preferred.</summary>
    Rejected,

    /// <summary>The answer of an instruction record, which has no counterpart.</summary>
    Response,

    /// <summary>A text without a role, such as a line of a plain file.</summary>
    Text,
}

/// <summary>The scopes' names in files and messages.</summary>
public static class TextScopes
{
    /// <summary>How many scopes there are.</summary>
    public const int Count = 4;

    /// <summary>All scopes, in the order of every report.</summary>
    public static ImmutableArray<TextScope> All { get; } = [TextScope.Chosen, TextScope.Rejected, TextScope.Response, TextScope.Text];

    /// <summary>The names in the order of <see cref="All"/>.</summary>
    public static ImmutableArray<string> Names { get; } = ["chosen", "rejected", "response", "text"];

    /// <summary>Such as <c>chosen</c>.</summary>
    public static string Name(this TextScope scope) => Names[(int)scope];

    /// <summary>Reads a name; letter case counts.</summary>
    public static bool TryParse(string name, out TextScope scope)
    {
        var index = Names.IndexOf(name);
        scope = (TextScope)Math.Max(index, 0);
        return index >= 0;
    }
}

/// <summary>How an answer treats the value at stake.</summary>
public enum Stance
{
    /// <summary>It acts in line with the value.</summary>
    Upholds,

    /// <summary>It goes against the value.</summary>
    Violates,

    /// <summary>It does neither.</summary>
    Neutral,
}
