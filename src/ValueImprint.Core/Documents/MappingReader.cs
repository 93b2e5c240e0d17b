using ValueImprint.Core.Diagnostics;

namespace ValueImprint.Core.Documents;

/// <summary>
/// Reads a mapping by a strict schema: a key that the schema doesn't know, stands twice or has the wrong kind of content is an error
/// at its own place.
/// </summary>
internal sealed class MappingReader
{
    private readonly Dictionary<string, DocumentNode> _contents = new(StringComparer.Ordinal);
    private readonly DiagnosticBag _bag;
    private readonly MappingNode _mapping;
    private readonly string _what;

    private MappingReader(MappingNode mapping, string what, DiagnosticBag bag, IReadOnlyCollection<string> keys)
    {
        (_mapping, _what, _bag) = (mapping, what, bag);
        foreach (var (key, content) in mapping.Entries)
        {
            if (!keys.Contains(key.Text, StringComparer.Ordinal))
            {
                HasUnknownKeys = true;
                var known = string.Join(", ", keys);
                bag.Error(
                    DiagnosticCatalogue.UnknownKey,
                    key,
                    $"Unknown key '{Quote.Short(key.Text)}' in {what}.{NearestWord.Hint(key.Text, keys)} Known keys: {known}.");
            }
            else if (!_contents.TryAdd(key.Text, content))
            {
                bag.Error(DiagnosticCatalogue.DuplicateKey, key, $"The key '{key.Text}' stands twice in {what}. Keep one of them.");
            }
        }
    }

    /// <summary>Opens a mapping; <see langword="null"/>, with a diagnostic, where the node is something else.</summary>
    /// <param name="node">The node.</param>
    /// <param name="what">What it stands for, such as <c>a coverage rule</c>.</param>
    /// <param name="bag">Takes the diagnostics.</param>
    /// <param name="keys">All keys of the schema.</param>
    public static MappingReader? Open(DocumentNode node, string what, DiagnosticBag bag, params IReadOnlyCollection<string> keys)
    {
        if (node is MappingNode mapping)
        {
            return new MappingReader(mapping, what, bag, keys);
        }

        bag.Error(DiagnosticCatalogue.WrongType, node, $"Expected {what} (keys {string.Join(", ", keys)}) here, found {node.Kind}.");
        return null;
    }

    /// <summary>Some key was not known, so another one may be missing only because it was misspelt.</summary>
    public bool HasUnknownKeys { get; }

    public bool Has(string key) => _contents.ContainsKey(key);

    /// <summary>The content of a key; <see langword="null"/> where it is absent.</summary>
    public DocumentNode? Find(string key) => _contents.GetValueOrDefault(key);

    /// <summary>A text; <see langword="null"/> where the key is absent or, with a diagnostic, no text.</summary>
    public ScalarNode? Text(string key) => Find(key) switch
    {
        null => null,
        ScalarNode { IsNull: false } scalar => scalar,
        ScalarNode empty => Report<ScalarNode>(DiagnosticCatalogue.MissingKey, empty, $"The key '{key}' of {_what} has no content."),
        var other => Report<ScalarNode>(
            DiagnosticCatalogue.WrongType, other, $"The key '{key}' of {_what} takes a text or number, found {other.Kind}."),
    };

    /// <summary>A text that must be there; <see langword="null"/>, with a diagnostic, where it isn't.</summary>
    public ScalarNode? RequiredText(string key) =>
        Has(key) ? Text(key) : Missing<ScalarNode>(key);

    /// <summary>A list; <see langword="null"/> where the key is absent or, with a diagnostic, no list.</summary>
    public SequenceNode? List(string key) => Find(key) switch
    {
        null => null,
        SequenceNode sequence => sequence,
        ScalarNode { IsNull: true } empty => Report<SequenceNode>(
            DiagnosticCatalogue.MissingKey, empty, $"The key '{key}' of {_what} has no content; a list was expected."),
        var other => Report<SequenceNode>(
            DiagnosticCatalogue.WrongType, other, $"The key '{key}' of {_what} takes a list, found {other.Kind}."),
    };

    /// <summary>A list that must be there.</summary>
    public SequenceNode? RequiredList(string key) => Has(key) ? List(key) : Missing<SequenceNode>(key);

    /// <summary>The texts of a list; entries that are none are reported and left out.</summary>
    public IReadOnlyList<ScalarNode> Texts(string key)
    {
        var texts = new List<ScalarNode>();
        foreach (var item in List(key)?.Items ?? [])
        {
            if (item is ScalarNode { IsNull: false } text)
            {
                texts.Add(text);
            }
            else
            {
                _bag.Error(DiagnosticCatalogue.WrongType, item, $"The list '{key}' of {_what} takes texts, found {item.Kind}.");
            }
        }

        return texts;
    }

    private T? Missing<T>(string key)
        where T : DocumentNode =>
        Report<T>(DiagnosticCatalogue.MissingKey, _mapping, $"The key '{key}' is missing in {_what}.");

    private T? Report<T>(DiagnosticCode code, DocumentNode node, string message)
        where T : DocumentNode
    {
        _bag.Error(code, node, message);
        return null;
    }
}
