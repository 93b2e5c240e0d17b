using System.Collections.Immutable;

namespace ValueImprint.Core.Imprints;

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
