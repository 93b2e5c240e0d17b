using ValueImprint.Core.Imprints;

namespace ValueImprint.Datasets.Layouts;

/// <summary>Texts without a role: a column, or the lines of a plain text file.</summary>
internal sealed class TextLayout() : DatasetLayout(
    "text",
    "text: one text",
    LayoutField.Required("text"))
{
    private const int Text = 0;

    internal override TextScope? SingleScope => TextScope.Text;

    internal override RowFault? Compose(in RowFields row, out ScopedText[] texts)
    {
        var fault = row.ReadText(Text, out var text);
        texts = Single(TextScope.Text, text.Trim());
        return fault;
    }
}
