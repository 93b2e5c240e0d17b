using ValueImprint.Core.Imprints;

namespace ValueImprint.Datasets.Layouts;

/// <summary>The annotated sample of the Value Imprint paper: <c>Text,Label</c>.</summary>
internal sealed class PaperLayout() : DatasetLayout(
    "paper",
    "Text, Label: one text, its label carried along",
    LayoutField.Required("Text"),
    LayoutField.Required("Label"))
{
    private const int Text = 0;
    private const int Label = 1;

    internal override int? LabelIndex => Label;

    internal override TextScope? SingleScope => TextScope.Text;

    internal override RowFault? Compose(in RowFields row, out ScopedText[] texts)
    {
        var fault = row.ReadText(Text, out var text);
        texts = Single(TextScope.Text, text.Trim());
        return fault;
    }
}
