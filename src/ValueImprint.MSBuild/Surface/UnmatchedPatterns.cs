using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Microsoft.Build.Framework;
using ValueImprint.Core.Diagnostics;

namespace ValueImprint.MSBuild.Surface;

/// <summary>
/// Finds <c>ValueImprintDataset</c> elements of the project file whose pattern matches no file. MSBuild drops them without a word, and
/// a misspelt folder would then look like a project without datasets, or with fewer.
/// </summary>
internal static class UnmatchedPatterns
{
    /// <summary>An error for each element where the project has no dataset at all, else a warning for each pattern that can be told.</summary>
    /// <param name="projectFile">The project file; what it imports is not looked at.</param>
    /// <param name="datasets">The items that there are.</param>
    /// <param name="isEmpty">Whether the project has nothing to judge.</param>
    public static IEnumerable<Diagnostic> Find(string projectFile, IReadOnlyList<ITaskItem> datasets, bool isEmpty)
    {
        foreach (var element in XDocument.Load(projectFile, LoadOptions.SetLineInfo).Descendants().Where(static element => element.Name.LocalName == DeclaredDataset.ItemType))
        {
            if (element.Attribute("Include") is not { } include)
            {
                continue;
            }

            foreach (var pattern in include.Value.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (isEmpty || (IsPlain(pattern) && IsUnconditional(element) && !datasets.Any(item => Matches(pattern, item.ItemSpec))))
                {
                    yield return new Diagnostic(
                        isEmpty ? DiagnosticCatalogue.NothingToJudge : DiagnosticCatalogue.UnreadableInput,
                        isEmpty ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
                        $"{DeclaredDataset.ItemType} '{pattern}' gives no file. Mend the pattern, or remove it.",
                        Position(projectFile, include));
                }
            }
        }
    }

    // Without properties and other items, whose contents the file alone does not tell. A plain name is an item, there or not.
    private static bool IsPlain(string pattern) => pattern.AsSpan().ContainsAny('*', '?') && !pattern.AsSpan().ContainsAny("$@%");

    private static bool IsUnconditional(XElement element) => element.AncestorsAndSelf().All(static part =>
        part.Attribute("Condition") is null && part.Attribute("Exclude") is null && part.Name.LocalName is not ("When" or "Otherwise" or "Target"));

    private static bool Matches(string pattern, string path)
    {
        var expression = Regex.Escape(pattern.Replace('\\', '/')).Replace(@"\*\*/", "(.*/)?", StringComparison.Ordinal)
            .Replace(@"\*", "[^/]*", StringComparison.Ordinal).Replace(@"\?", "[^/]", StringComparison.Ordinal);
        return Regex.IsMatch(path.Replace('\\', '/'), $"^{expression}$", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking);
    }

    private static SourcePosition Position(string file, IXmlLineInfo place) => new(file, place.LineNumber, place.LinePosition);
}
