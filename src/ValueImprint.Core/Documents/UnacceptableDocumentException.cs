using ValueImprint.Core.Diagnostics;
using YamlDotNet.Core;

namespace ValueImprint.Core.Documents;

/// <summary>Ends the parsing of a document at the first place that can't be accepted; never leaves <see cref="DocumentParser"/>.</summary>
internal sealed class UnacceptableDocumentException(Mark at, string message, DiagnosticCode? code = null) : Exception(message)
{
    public Mark At { get; } = at;

    public DiagnosticCode Code { get; } = code ?? DiagnosticCatalogue.InvalidDocument;
}
