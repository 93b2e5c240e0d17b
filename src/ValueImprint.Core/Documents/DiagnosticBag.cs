using System.Diagnostics.CodeAnalysis;
using ValueImprint.Core.Diagnostics;

namespace ValueImprint.Core.Documents;

/// <summary>Collects what is wrong with one document.</summary>
internal sealed class DiagnosticBag(string sourceName)
{
    private const int MaxListed = 20;

    private readonly List<Diagnostic> _items = [];

    public string SourceName { get; } = sourceName;

    public bool HasErrors { get; private set; }

    public SourcePosition At(DocumentNode node) => new(SourceName, node.Line, node.Column);

    public void Error(DiagnosticCode code, DocumentNode node, string message) => Error(code, At(node), message);

    public void Error(DiagnosticCode code, SourcePosition position, string message)
    {
        _items.Add(Diagnostic.Error(code, position, message));
        HasErrors = true;
    }

    /// <summary>The first findings in the order of the document, and how many there are besides.</summary>
    public IReadOnlyList<Diagnostic> ToList() =>
        Diagnostic.Bounded([.. _items.OrderBy(static item => item.Position.Line).ThenBy(static item => item.Position.Column)], MaxListed);

    /// <summary>The end of every reader: the result counts only where nothing is wrong.</summary>
    public bool Conclude<T>(T? read, [NotNullWhen(true)] out T? result, out IReadOnlyList<Diagnostic> diagnostics)
        where T : class
    {
        result = HasErrors ? null : read;
        diagnostics = ToList();
        return result is not null;
    }
}
