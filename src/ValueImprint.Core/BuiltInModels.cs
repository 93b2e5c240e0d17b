namespace ValueImprint.Core;

/// <summary>The model packages that come along with the tool, the server and the MSBuild package, by their short names.</summary>
public static class BuiltInModels
{
    /// <summary>The one that answers where none is named.</summary>
    public const string Default = "base";

    /// <summary>All names, the default one first.</summary>
    public static IReadOnlyList<string> Names { get; } = [Default, "small"];

    /// <summary>The folder of the package of a name; <see langword="null"/> for any other text. It need not exist.</summary>
    /// <param name="name">Such as <c>small</c>.</param>
    /// <param name="programFolder">Where the program's assemblies are.</param>
    public static string? Find(string name, string programFolder) =>
        Names.Contains(name) ? Path.Combine(programFolder, "models", "value-imprint-" + name) : null;
}
