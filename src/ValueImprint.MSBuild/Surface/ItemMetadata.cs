using Microsoft.Build.Framework;
using ValueImprint.Core.Diagnostics;

namespace ValueImprint.MSBuild.Surface;

/// <summary>Reads the metadata of an item by a closed list of names.</summary>
internal sealed class ItemMetadata
{
    private readonly ITaskItem _item;
    private readonly string _itemType;

    public ItemMetadata(ITaskItem item, string itemType, IReadOnlyList<string> known, string projectFile, ICollection<Diagnostic> diagnostics)
    {
        (_item, _itemType) = (item, itemType);
        Position = new SourcePosition(DefiningProject(item) ?? projectFile);
        foreach (var name in item.CloneCustomMetadata().Keys.Cast<string>().Order(StringComparer.Ordinal))
        {
            if (!known.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                diagnostics.Add(Diagnostic.Error(
                    DiagnosticCatalogue.UnknownKey,
                    Position,
                    $"{Describe()} has the unknown metadata '{name}'.{NearestWord.Hint(name, known)} Expected {string.Join(", ", known)}."));
            }
        }
    }

    /// <summary>The project file that declares the item.</summary>
    public SourcePosition Position { get; }

    /// <summary>The item as a person would name it.</summary>
    public string Describe() => $"{_itemType} '{_item.ItemSpec}'";

    /// <summary>The text of a metadata; <see langword="null"/> where it is absent or empty.</summary>
    public string? Text(string name) => _item.GetMetadata(name) is { Length: > 0 } text ? text.Trim() : null;

    private static string? DefiningProject(ITaskItem item) =>
        item.GetMetadata("DefiningProjectFullPath") is { Length: > 0 } path ? path : null;
}
