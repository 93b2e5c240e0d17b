using ValueImprint.Core.Imprints;

namespace ValueImprint.Datasets.Layouts;

/// <summary>Alpaca: an instruction, what it is to be applied to, and the answer.</summary>
internal sealed class AlpacaLayout() : DatasetLayout(
    "alpaca",
    "instruction, input (optional), output: one dialogue, response",
    LayoutField.Required("instruction"),
    LayoutField.Required("output"),
    LayoutField.Optional("input"))
{
    private const int Instruction = 0;
    private const int Output = 1;
    private const int Input = 2;

    internal override TextScope? SingleScope => TextScope.Response;

    internal override RowFault? Compose(in RowFields row, out ScopedText[] texts)
    {
        texts = [];
        if (row.ReadPrompt(Instruction, Input, out var prompt) is { } promptFault)
        {
            return promptFault;
        }

        var fault = row.ReadReply(Output, prompt, out var text);
        texts = Single(TextScope.Response, text);
        return fault;
    }
}
