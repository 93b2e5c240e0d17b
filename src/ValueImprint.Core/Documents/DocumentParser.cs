using System.Globalization;
using ValueImprint.Core.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ValueImprint.Core.Documents;

/// <summary>
/// Reads one YAML document into nodes that know their place. Narrower than YAML on purpose: no anchors and aliases (they can make a
/// small file arbitrarily large), no tags, no second document, no keys other than texts.
/// </summary>
internal sealed class DocumentParser
{
    /// <summary>Most characters of a policy or taxonomy.</summary>
    public const int MaxCharacters = 1024 * 1024;

    /// <summary>Most levels of lists and mappings within each other.</summary>
    public const int MaxDepth = 32;

    private readonly DiagnosticBag _bag;
    private readonly Parser _parser;

    private DocumentParser(string text, DiagnosticBag bag)
    {
        _bag = bag;
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>The document's root; <see langword="null"/> with a diagnostic in the bag where there is none.</summary>
    public static DocumentNode? Parse(TextReader reader, DiagnosticBag bag)
    {
        var text = ReadBounded(reader, bag);
        if (text is null)
        {
            return null;
        }

        try
        {
            return new DocumentParser(text, bag).ParseDocument();
        }
        catch (YamlException fault)
        {
            bag.Error(DiagnosticCatalogue.InvalidDocument, Place(fault.Start, bag), $"Not valid YAML: {Reason(fault)}");
            return null;
        }
        catch (InvalidOperationException)
        {
            // YamlDotNet gives no reason for some unclosed lists, such as "[a, b" with a mapping after it.
            bag.Error(DiagnosticCatalogue.InvalidDocument, new SourcePosition(bag.SourceName), "Not valid YAML; a list or mapping may not be closed.");
            return null;
        }
        catch (UnacceptableDocumentException fault)
        {
            bag.Error(fault.Code, Place(fault.At, bag), fault.Message);
            return null;
        }
    }

    private static string? ReadBounded(TextReader reader, DiagnosticBag bag)
    {
        var buffer = new char[MaxCharacters + 1];
        var length = reader.ReadBlock(buffer, 0, buffer.Length);
        if (length < buffer.Length)
        {
            return new string(buffer, 0, length);
        }

        bag.Error(
            DiagnosticCatalogue.DocumentTooLarge,
            new SourcePosition(bag.SourceName),
            string.Create(CultureInfo.InvariantCulture, $"More than {MaxCharacters} characters. Is it the right file?"));
        return null;
    }

    private DocumentNode? ParseDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            _bag.Error(DiagnosticCatalogue.InvalidDocument, new SourcePosition(_bag.SourceName, 1, 1), "The document is empty.");
            return null;
        }

        _parser.Consume<DocumentStart>();
        var root = ParseNode(depth: 0);
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second))
        {
            throw new UnacceptableDocumentException(second.Start, "A second document begins here ('---'); a file holds one.");
        }

        _parser.Consume<StreamEnd>();
        return root;
    }

    private DocumentNode ParseNode(int depth)
    {
        var current = _parser.Consume<ParsingEvent>();
        if (depth > MaxDepth)
        {
            throw new UnacceptableDocumentException(
                current.Start,
                string.Create(CultureInfo.InvariantCulture, $"Nested deeper than {MaxDepth} levels."),
                DiagnosticCatalogue.DocumentTooLarge);
        }

        if (current is NodeEvent { Anchor.IsEmpty: false } or AnchorAlias)
        {
            throw new UnacceptableDocumentException(current.Start, "Anchors and aliases ('&', '*') are not accepted; write it out.");
        }

        if (current is NodeEvent { Tag.IsEmpty: false } tagged)
        {
            throw new UnacceptableDocumentException(current.Start, $"Tags ('{tagged.Tag}') are not accepted; leave it out.");
        }

        var (line, column) = ((int)current.Start.Line, (int)current.Start.Column);
        return current switch
        {
            Scalar scalar => new ScalarNode(scalar.Value, scalar.Style != ScalarStyle.Plain, line, column),
            SequenceStart => new SequenceNode(ParseItems(depth), line, column),
            MappingStart => new MappingNode(ParseEntries(depth), line, column),
            _ => throw new UnacceptableDocumentException(current.Start, "A text, a list or a mapping was expected here."),
        };
    }

    private List<DocumentNode> ParseItems(int depth)
    {
        var items = new List<DocumentNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ParseNode(depth + 1));
        }

        return items;
    }

    private List<KeyValuePair<ScalarNode, DocumentNode>> ParseEntries(int depth)
    {
        var entries = new List<KeyValuePair<ScalarNode, DocumentNode>>();
        while (!_parser.TryConsume<MappingEnd>(out var end))
        {
            var start = _parser.Current?.Start ?? default;
            if (ParseNode(depth + 1) is not ScalarNode key)
            {
                throw new UnacceptableDocumentException(start, "A key must be a text.");
            }

            entries.Add(new(key, ParseNode(depth + 1)));
        }

        return entries;
    }

    // YamlDotNet puts the place in front of the reason ("(Line: 3, …): …"); the diagnostic has it already.
    private static string Reason(YamlException fault)
    {
        var message = fault.Message.ReplaceLineEndings(" ");
        var afterPlace = message.StartsWith('(') ? message.IndexOf("): ", StringComparison.Ordinal) : -1;
        return afterPlace < 0 ? message : message[(afterPlace + 3)..];
    }

    private static SourcePosition Place(Mark mark, DiagnosticBag bag) =>
        new(bag.SourceName, Math.Max(1, (int)mark.Line), Math.Max(1, (int)mark.Column));

    // Ends the parsing at the first place that can't be accepted.
    private sealed class UnacceptableDocumentException(Mark at, string message, DiagnosticCode? code = null) : Exception(message)
    {
        public Mark At { get; } = at;

        public DiagnosticCode Code { get; } = code ?? DiagnosticCatalogue.InvalidDocument;
    }
}
