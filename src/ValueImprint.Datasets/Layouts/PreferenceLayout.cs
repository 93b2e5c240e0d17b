using ValueImprint.Core.Imprints;

namespace ValueImprint.Datasets.Layouts;

/// <summary>Direct-preference rows: what is asked, and two answers, each a string or a list of messages.</summary>
internal sealed class PreferenceLayout() : DatasetLayout(
    "dpo",
    "prompt, chosen, rejected (strings or lists of messages): two dialogues, chosen and rejected",
    LayoutField.Required("prompt", "question", "instruction", "conversations"),
    LayoutField.Required("chosen"),
    LayoutField.Required("rejected"),
    LayoutField.Optional("input"))
{
    private const int Prompt = 0;
    private const int Chosen = 1;
    private const int Rejected = 2;
    private const int Input = 3;

    internal override TextScope? SingleScope => null;

    internal override RowFault? Compose(in RowFields row, out ScopedText[] texts)
    {
        var fault = row.ReadReplies(Prompt, Input, Chosen, Rejected, out var replies);
        texts = Pair(replies.One, replies.Other);
        return fault;
    }
}
