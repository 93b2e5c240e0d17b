using System.Globalization;
using System.Text;

namespace ValueImprint.Datasets.Formats;

/// <summary>The paths of the bound fields as a tree, to be walked along with a row's JSON.</summary>
internal sealed class JsonFieldTree
{
    private readonly List<(byte[] Name, int Item, JsonFieldTree Child)> _children = [];

    /// <summary>The indexes at which the value that stands here is wanted; most often none or one.</summary>
    public List<int> Indexes { get; } = [];

    public bool IsLeaf => _children.Count == 0;

    /// <summary>Whether a list holds anything that is wanted.</summary>
    public bool HasItems => _children.Exists(static child => child.Item >= 0);

    /// <summary>Whether anything of the field is wanted.</summary>
    public bool Wants(string name) => _children.Exists(child => child.Name.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(name)));

    public static JsonFieldTree Of(IReadOnlyList<string> paths)
    {
        var root = new JsonFieldTree();
        for (var index = 0; index < paths.Count; index++)
        {
            var node = root;
            foreach (var name in paths[index].Split('.'))
            {
                node = node.GetOrAdd(name);
            }

            node.Indexes.Add(index);
        }

        return root;
    }

    public JsonFieldTree? Find(ref System.Text.Json.Utf8JsonReader propertyName)
    {
        foreach (var (name, _, child) in _children)
        {
            if (propertyName.ValueTextEquals(name))
            {
                return child;
            }
        }

        return null;
    }

    public JsonFieldTree? FindItem(int number)
    {
        foreach (var (_, item, child) in _children)
        {
            if (item == number)
            {
                return child;
            }
        }

        return null;
    }

    private JsonFieldTree GetOrAdd(string name)
    {
        var utf8 = Encoding.UTF8.GetBytes(name);
        foreach (var (known, _, child) in _children)
        {
            if (known.AsSpan().SequenceEqual(utf8))
            {
                return child;
            }
        }

        var item = int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
        var added = new JsonFieldTree();
        _children.Add((utf8, item, added));
        return added;
    }
}
