using ValueImprint.Core.Imprints;

namespace ValueImprint.Datasets.Layouts;

/// <summary>Anthropic's hh-rlhf: two whole dialogues that share all but their last answer.</summary>
internal sealed class HhRlhfLayout() : DatasetLayout(
    "hh-rlhf",
    "chosen, rejected (whole dialogues): two dialogues, chosen and rejected",
    LayoutField.Required("chosen"),
    LayoutField.Required("rejected"))
{
    private const int Chosen = 0;
    private const int Rejected = 1;

    internal override TextScope? SingleScope => null;

    internal override RowFault? Compose(in RowFields row, out ScopedText[] texts)
    {
        texts = [];
        if (row.ReadDialogue(Chosen, out var chosen) is { } chosenFault)
        {
            return chosenFault;
        }

        if (row.ReadDialogue(Rejected, out var rejected) is { } rejectedFault)
        {
            return rejectedFault;
        }

        texts = Pair(chosen, rejected);
        return null;
    }
}
