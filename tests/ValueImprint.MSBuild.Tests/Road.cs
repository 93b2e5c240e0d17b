using System.Text;

namespace ValueImprint.MSBuild.Tests;

/// <summary>A way to build, pack or publish a dataset project.</summary>
/// <param name="Verb"><c>build</c>, <c>pack</c> or <c>publish</c>; <c>ValueImprintGateOn</c> says the same.</param>
/// <param name="Frameworks">One of <see cref="AllFrameworks"/>.</param>
/// <param name="Variant">One of <see cref="AllVariants"/>.</param>
internal sealed record Road(string Verb, string Frameworks, string Variant)
{
    public const string OneFramework = "one framework";
    public const string TwoFrameworks = "two frameworks";
    public const string OneOfTwo = "one of two by option";
    public const string OneOfTwoByVariable = "one of two by variable";

    /// <summary>The variable that names every road; else a choice is taken, in which each word of a road occurs.</summary>
    public const string Variable = "VALUEIMPRINT_ROADS";

    public static IReadOnlyList<string> Verbs { get; } = ["build", "pack", "publish"];

    public static IReadOnlyList<string> AllFrameworks { get; } = [OneFramework, TwoFrameworks, OneOfTwo, OneOfTwoByVariable];

    public static IReadOnlyList<string> AllVariants { get; } =
    [
        "plain", "--no-build", "--no-restore", "-graph", "-m:4", "--disable-build-servers",
        "artifacts output", "central versions", "global reference", "solution", "nuspec",
    ];

    public static bool AllAreAskedFor { get; } = Environment.GetEnvironmentVariable(Variable) == "all";

    /// <summary>Every road that the SDK knows.</summary>
    public static IReadOnlyList<Road> All { get; } =
    [
        .. from variant in AllVariants
           from verb in Verbs
           from frameworks in AllFrameworks
           let road = new Road(verb, frameworks, variant)
           where road.Exists
           select road,
    ];

    /// <summary>Those that a run takes.</summary>
    public static IReadOnlyList<Road> Taken { get; } = AllAreAskedFor ? All :
    [
        .. All.Where(static road => road.Variant == "plain"),
        new("pack", OneFramework, "--no-build"),
        new("publish", OneFramework, "--no-build"),
        new("pack", OneOfTwo, "--no-build"),
        new("pack", TwoFrameworks, "--no-restore"),
        new("build", TwoFrameworks, "-graph"),
        new("pack", OneOfTwo, "-graph"),
        new("build", TwoFrameworks, "-m:4"),
        new("pack", TwoFrameworks, "--disable-build-servers"),
        new("pack", TwoFrameworks, "artifacts output"),
        new("pack", OneFramework, "central versions"),
        new("pack", OneFramework, "global reference"),
        new("pack", OneFramework, "solution"),
        new("pack", OneFramework, "nuspec"),
    ];

    /// <summary>Whether the project has two frameworks.</summary>
    public bool IsMultiTargeted => Frameworks != OneFramework;

    /// <summary>Arguments of <c>dotnet</c>, from the verb on.</summary>
    public IReadOnlyList<string> Arguments =>
    [
        Verb,
        Variant == "solution" ? "All.slnx" : "Dataset.csproj",
        "-nologo", "-tl:off", "-clp:NoSummary", $"-p:ValueImprintGateOn={Verb}",
        .. Verb == "build" ? (string[])["-c", "Release"] : [],
        .. Frameworks != OneOfTwo ? [] : Verb == "pack" || Variant == "solution" ? (string[])["-p:TargetFramework=net10.0"] : ["-f", "net10.0"],
        .. Variant.StartsWith('-') ? (string[])[Variant] : [],
        .. Variant == "nuspec" ? (string[])["-p:NuspecFile=Dataset.nuspec"] : [],
    ];

    public IReadOnlyDictionary<string, string> Variables =>
        Frameworks == OneOfTwoByVariable ? new Dictionary<string, string> { ["TargetFramework"] = "net10.0" } : [];

    // Nothing is published for several frameworks at once (NETSDK1129), built without building, or made of a nuspec but a package.
    private bool Exists =>
        (Verb, Frameworks) is not ("publish", TwoFrameworks) && (Verb, Variant) is not ("build", "--no-build") && (Variant != "nuspec" || Verb == "pack");

    /// <summary>The roads as a table of Markdown.</summary>
    public static string Table()
    {
        var table = new StringBuilder("| |");
        var columns = (from verb in Verbs from frameworks in AllFrameworks select (verb, frameworks)).ToList();
        table.AppendJoin("", columns.Select(static column => $" {column.verb}, {column.frameworks} |")).Append("\n|---|");
        table.AppendJoin("", columns.Select(static _ => "---|"));
        foreach (var variant in AllVariants)
        {
            table.Append("\n| ").Append(variant).Append(" |");
            table.AppendJoin("", columns.Select(column => new Road(column.verb, column.frameworks, variant).Exists ? " gated |" : " – |"));
        }

        return table.Append('\n').ToString();
    }
}
