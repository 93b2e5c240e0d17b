using Microsoft.Build.Framework;
using ValueImprint.Core.Diagnostics;

namespace ValueImprint.MSBuild.Surface;

/// <summary>Reads the metadata of an item by a closed list of names.</summary>
internal sealed class ItemMetadata
{
    private readonly ITaskItem _item;
    private readonly string _itemType;
    private readonly List<Diagnostic> _diagnostics;

    public ItemMetadata(ITaskItem item, string itemType, IReadOnlyList<string> known, string projectFile, List<Diagnostic> diagnostics)
    {
        (_item, _itemType, _diagnostics) = (item, itemType, diagnostics);
        Position = new SourcePosition(item.GetMetadata("DefiningProjectFullPath") is { Length: > 0 } path ? path : projectFile);
        foreach (var name in item.CloneCustomMetadata().Keys.Cast<string>().Order(StringComparer.Ordinal))
        {
            if (!known.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                Refuse(DiagnosticCatalogue.UnknownKey, $"has the unknown metadata '{name}'.{NearestWord.Hint(name, known)} Expected {string.Join(", ", known)}.");
            }
        }
    }

    /// <summary>The project file that declares the item.</summary>
    public SourcePosition Position { get; }

    /// <summary>The text of a metadata; <see langword="null"/> where it is absent or empty.</summary>
    public string? Text(string name) => _item.GetMetadata(name) is { Length: > 0 } text ? text.Trim() : null;

    /// <summary>Reports a word that is none of those that are known.</summary>
    public void RefuseWord(string what, string found, IReadOnlyList<string> known) => Refuse(
        DiagnosticCatalogue.UnknownWord, $"has the unknown {what} '{found}'.{NearestWord.Hint(found, known)} Expected one of {string.Join(", ", known)}.");

    private void Refuse(DiagnosticCode code, string problem) =>
        _diagnostics.Add(Diagnostic.Error(code, Position, $"{_itemType} '{_item.ItemSpec}' {problem}"));
}
