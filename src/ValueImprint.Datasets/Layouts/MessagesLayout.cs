using ValueImprint.Core.Imprints;

namespace ValueImprint.Datasets.Layouts;

/// <summary>A dialogue as a list of turns: <c>role</c> and <c>content</c>, or ShareGPT's <c>from</c> and <c>value</c>.</summary>
internal sealed class MessagesLayout() : DatasetLayout(
    "messages",
    "messages (role, content) or conversations (from, value): one dialogue, response",
    LayoutField.Required("messages", "conversations", "conversation"))
{
    private const int Messages = 0;

    internal override TextScope? SingleScope => TextScope.Response;

    internal override RowFault? Compose(in RowFields row, out ScopedText[] texts)
    {
        var fault = row.ReadDialogue(Messages, out var text);
        texts = Single(TextScope.Response, text);
        return fault;
    }
}
