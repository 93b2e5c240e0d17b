namespace ValueImprint.Inference;

/// <summary>Where a text's time went.</summary>
/// <param name="Queue">From its arrival to the start of its batch, tokenizing excluded.</param>
/// <param name="Tokenize">In the tokenizer; of texts that went through it together, an equal share.</param>
/// <param name="Execute">The run of its batch through the model, whole.</param>
public readonly record struct TextTimings(TimeSpan Queue, TimeSpan Tokenize, TimeSpan Execute);
