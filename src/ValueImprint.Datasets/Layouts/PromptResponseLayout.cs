using ValueImprint.Core.Imprints;

namespace ValueImprint.Datasets.Layouts;

/// <summary>Instruction data under its other usual names.</summary>
internal sealed class PromptResponseLayout() : DatasetLayout(
    "prompt-response",
    "prompt (or question, query, instruction) and response (or completion, answer): one dialogue, response",
    LayoutField.Required("prompt", "question", "query", "instruction"),
    LayoutField.Required("response", "completion", "answer"),
    LayoutField.Optional("context", "input"))
{
    private const int Prompt = 0;
    private const int Response = 1;
    private const int Context = 2;

    internal override TextScope? SingleScope => TextScope.Response;

    internal override RowFault? Compose(in RowFields row, out ScopedText[] texts)
    {
        texts = [];
        if (row.ReadPrompt(Prompt, Context, out var prompt) is { } promptFault)
        {
            return promptFault;
        }

        var fault = row.ReadReply(Response, prompt, out var text);
        texts = Single(TextScope.Response, text);
        return fault;
    }
}
