using System.Reflection;

namespace ValueImprint.Tool;

/// <summary>The name of the tool, and the version of this build.</summary>
internal static class ToolVersion
{
    /// <summary>The command's name.</summary>
    public const string Name = "valueimprint";

    /// <summary>With the commit it was built from, where that is known: <c>1.0.0+abc…</c>.</summary>
    public static string Full { get; } =
        typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";

    /// <summary>Without the commit: <c>1.0.0</c>.</summary>
    public static string Short { get; } = Full.Split('+')[0];
}
