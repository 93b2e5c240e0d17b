using ValueImprint.Core.Dialogues;

namespace ValueImprint.Datasets.Layouts;

/// <summary>Dialogues of a row's fields in one form, whether they are strings, lists of messages or strings that encode such.</summary>
internal static class Transcript
{
    private const string Expected = "a string or a list of messages";

    /// <summary>A whole dialogue, or a text that stands alone.</summary>
    public static RowFault? ReadDialogue(in FieldValue value, string name, out string text)
    {
        var fault = Read(value, name, out text, out var isMessages);
        return fault
            ?? (text.Length == 0 && !isMessages ? Faults.Empty(name) : isMessages && !HasAnswer(text) ? Faults.NoAnswer(name) : null);
    }

    /// <summary>What is asked, as a transcript; a string without speakers is the human's.</summary>
    public static RowFault? ReadPrompt(in FieldValue value, string name, out string prompt)
    {
        if (Read(value, name, out prompt, out var isMessages) is { } fault)
        {
            return fault;
        }

        if (!isMessages && !HasSpeaker(prompt))
        {
            prompt = DialogueForm.Human + prompt;
        }

        return null;
    }

    /// <summary>An answer behind what it replies to, unless it brings the whole dialogue itself.</summary>
    /// <param name="value">A string, or messages.</param>
    /// <param name="name">Its field.</param>
    /// <param name="prompt">The transcript in front of it; may be empty.</param>
    /// <param name="text">The dialogue.</param>
    public static RowFault? ReadReply(in FieldValue value, string name, string prompt, out string text)
    {
        if (Read(value, name, out text, out var isMessages) is { } fault)
        {
            return fault;
        }

        if (text.Length == 0 || (isMessages && !HasAnswer(text)))
        {
            return isMessages ? Faults.NoAnswer(name) : Faults.Empty(name);
        }

        text = DialogueForm.OpensWithHuman(text) ? text : Reply(prompt, text);
        return null;
    }

    /// <summary>An answer, with or without its speaker, behind a transcript that may end in the answer's own mark.</summary>
    public static string Reply(string prompt, string answer)
    {
        const string mark = "Assistant:";
        var spoken = DialogueForm.OpensWithAssistant(answer);
        if (prompt.EndsWith(mark, StringComparison.Ordinal))
        {
            prompt = prompt[..^mark.Length].TrimEnd();
        }

        return (prompt.Length > 0 ? prompt + DialogueForm.TurnBreak : "") + (spoken ? "" : DialogueForm.Assistant) + answer;
    }

    private static bool HasSpeaker(string text) => DialogueForm.OpensWithHuman(text) || DialogueForm.OpensWithAssistant(text);

    private static bool HasAnswer(string transcript) =>
        DialogueForm.OpensWithAssistant(transcript) || transcript.Contains(DialogueForm.TurnBreak + DialogueForm.Assistant, StringComparison.Ordinal);

    private static RowFault? Read(in FieldValue value, string name, out string text, out bool isMessages)
    {
        text = "";
        isMessages = false;
        var decoded = value;
        if (value.AsText is { } written)
        {
            if (!EncodedValue.IsLikely(written))
            {
                text = DialogueForm.Normalize(written);
                return null;
            }

            // A text may begin and end with brackets; only what says who speaks is a list of messages.
            if (!EncodedValue.TryRead(written, out decoded) || !ChatMessages.IsMessages(decoded))
            {
                if (LooksLikeMessages(written))
                {
                    return new RowFault(
                        RejectionReason.WrongType, $"field '{name}' is a string that encodes a list of messages, and can't be read as one; expected {Expected}.");
                }

                text = DialogueForm.Normalize(written);
                return null;
            }
        }
        else if (value.Kind == FieldKind.Object && value.Of("full_text", "text").AsText is { } inner && !ChatMessages.IsMessages(value))
        {
            text = DialogueForm.Normalize(inner);
            return null;
        }

        if (!ChatMessages.IsMessages(decoded))
        {
            return Faults.NotA(Expected, decoded, name);
        }

        isMessages = true;
        if (ChatMessages.Read(decoded, name, out var messages) is { } fault)
        {
            return fault;
        }

        text = ChatMessages.Write(messages);
        return null;
    }

    private static bool LooksLikeMessages(string text) =>
        (text.Contains("role", StringComparison.Ordinal) && text.Contains("content", StringComparison.Ordinal))
        || (text.Contains("from", StringComparison.Ordinal) && text.Contains("value", StringComparison.Ordinal));
}

/// <summary>What is wrong with a field; never a piece of its text.</summary>
internal static class Faults
{
    public static RowFault NotA(string expected, in FieldValue value, string name)
    {
        var found = value.Kind switch
        {
            FieldKind.Text => "a string",
            FieldKind.Number => "a number",
            FieldKind.Boolean => "a boolean",
            FieldKind.List => ChatMessages.IsMessages(value) && value.Items.Count > 0 ? "messages" : "a list without messages",
            _ => "an object",
        };
        return value.Kind switch
        {
            FieldKind.Missing => new(RejectionReason.MissingField, $"field '{name}' is absent; expected {expected}."),
            FieldKind.Null => new(RejectionReason.MissingField, $"field '{name}' is null; expected {expected}."),
            _ => new(RejectionReason.WrongType, $"field '{name}' is {found}; expected {expected}."),
        };
    }

    public static RowFault Empty(string name) => new(RejectionReason.EmptyText, $"field '{name}' is empty; expected a text.");

    public static RowFault NoAnswer(string name) => new(RejectionReason.NoAnswer, $"field '{name}' holds no assistant's turn with a text.");
}
