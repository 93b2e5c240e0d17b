using ValueImprint.Core.Dialogues;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Datasets.Layouts;

/// <summary>Makes texts of records with one answer, or with a chosen and a rejected one.</summary>
internal static class Composition
{
    public static ScopedText[] Pair(string chosen, string rejected) =>
        [new ScopedText(TextScope.Chosen, chosen), new ScopedText(TextScope.Rejected, rejected)];

    public static ScopedText[] Tie(string one, string other) =>
        [new ScopedText(TextScope.Response, one), new ScopedText(TextScope.Response, other)];

    public static RowFault? ComposePair(Reading reading, RowFields row, Pairing pairs, List<ScopedText[]> groups)
    {
        var (chosen, rejected) = ("", "");
        var fault = reading.Has(Part.Prompt)
            ? ReadPrompt(reading, row, out var prompt)
                ?? Transcript.ReadReply(reading[row, Part.Chosen], reading.NameOf(Part.Chosen), prompt, out chosen)
                ?? Transcript.ReadReply(reading[row, Part.Rejected], reading.NameOf(Part.Rejected), prompt, out rejected)
            : Transcript.ReadDialogue(reading[row, Part.Chosen], reading.NameOf(Part.Chosen), out chosen)
                ?? Transcript.ReadDialogue(reading[row, Part.Rejected], reading.NameOf(Part.Rejected), out rejected);
        groups.Add(Pair(chosen, rejected));
        return fault ?? CheckBeside(reading, row, chosen, rejected) ?? CheckQuestion(reading, row, chosen);
    }

    public static RowFault? ComposeSingle(Reading reading, RowFields row, Pairing pairs, List<ScopedText[]> groups)
    {
        var text = "";
        var fault = reading.Has(Part.Prompt)
            ? ReadPrompt(reading, row, out var prompt) ?? Transcript.ReadReply(reading[row, Part.Response], reading.NameOf(Part.Response), prompt, out text)
            : Transcript.ReadDialogue(reading[row, Part.Response], reading.NameOf(Part.Response), out text);
        groups.Add([new ScopedText(reading.Layout.SingleScope ?? TextScope.Response, text)]);
        return fault ?? CheckBeside(reading, row, text);
    }

    public static RowFault? ComposeDialogue(Reading reading, RowFields row, Pairing pairs, List<ScopedText[]> groups) =>
        ComposeSingle(reading, row, pairs, groups);

    /// <summary>The label says whether the answer is wanted (Ethayarajh et al. 2024, KTO).</summary>
    public static RowFault? ComposeLabelled(Reading reading, RowFields row, Pairing pairs, List<ScopedText[]> groups)
    {
        var label = reading[row, Part.Label];
        var isWanted = label.AsBoolean ?? label.AsIdentifier?.ToLowerInvariant() switch
        {
            "true" or "1" or "1.0" => true,
            "false" or "0" or "0.0" => false,
            _ => null,
        };
        if (isWanted is null)
        {
            return label.HoldsSomething
                ? new RowFault(
                    RejectionReason.WrongType,
                    $"field '{reading.NameOf(Part.Label)}' says neither true nor false; expected whether the answer is wanted. If it says something else, name --layout prompt-response.")
                : Faults.NotA("true or false", label, reading.NameOf(Part.Label));
        }

        var fault = ComposeSingle(reading, row, pairs, groups);
        groups[0][0] = groups[0][0] with { Scope = isWanted.Value ? TextScope.Chosen : TextScope.Rejected };
        return fault;
    }

    /// <summary>A text without a role: a column, or the lines of a plain text file.</summary>
    public static RowFault? ComposeText(Reading reading, RowFields row, Pairing pairs, List<ScopedText[]> groups)
    {
        var (value, name) = (reading[row, Part.Text], reading.NameOf(Part.Text));
        if (value.AsText is not { } text)
        {
            return Faults.NotA("a string", value, name);
        }

        if (EncodedValue.IsLikely(text) && EncodedValue.TryRead(text, out var encoded) && ChatMessages.IsMessages(encoded) && ChatMessages.Read(encoded, name, out _) is null)
        {
            return new RowFault(
                RejectionReason.WrongType, $"field '{name}' is a string that encodes messages; expected a text. If it is a dialogue, name --field response={name}.");
        }

        text = DialogueForm.Normalize(text);
        groups.Add([new ScopedText(TextScope.Text, text)]);
        return text.Length == 0 ? Faults.Empty(name) : null;
    }

    /// <summary>The rejected answer stands alone; the chosen one may be the last turn of the messages (ms-swift).</summary>
    public static RowFault? ComposeRejectedResponse(Reading reading, RowFields row, Pairing pairs, List<ScopedText[]> groups)
    {
        if (reading.Has(Part.Chosen))
        {
            return ComposePair(reading, row, pairs, groups);
        }

        var name = reading.NameOf(Part.Prompt);
        if (Transcript.ReadDialogue(reading[row, Part.Prompt], name, out var chosen) is { } fault)
        {
            return fault;
        }

        var last = chosen.LastIndexOf(DialogueForm.TurnBreak + DialogueForm.Assistant, StringComparison.Ordinal);
        if (last < 0 || chosen.LastIndexOf(DialogueForm.TurnBreak + DialogueForm.Human, StringComparison.Ordinal) > last)
        {
            return Faults.NoAnswer(name);
        }

        var rejectedFault = Transcript.ReadReply(reading[row, Part.Rejected], reading.NameOf(Part.Rejected), chosen[..last], out var rejected);
        groups.Add(Pair(chosen, rejected));
        return rejectedFault;
    }

    /// <summary>Earlier turns, the prompt, and what it is applied to.</summary>
    public static RowFault? ReadPrompt(Reading reading, RowFields row, out string prompt)
    {
        if (Transcript.ReadPrompt(reading[row, Part.Prompt], reading.NameOf(Part.Prompt), out prompt) is { } fault)
        {
            return fault;
        }

        var input = reading[row, Part.Input];
        if (input.Kind > FieldKind.Null)
        {
            if (input.AsText is not { } text)
            {
                return Faults.NotA("a string", input, reading.NameOf(Part.Input));
            }

            // Self-instruct's mark for an instruction that is applied to nothing.
            prompt += text.Trim() is { Length: > 0 } applied && applied != "<noinput>" ? DialogueForm.TurnBreak + applied : "";
        }

        if (!reading[row, Part.History].HoldsSomething)
        {
            return null;
        }

        var historyFault = ReadHistory(reading[row, Part.History], reading.NameOf(Part.History), out var history);
        prompt = history.Length > 0 ? history + DialogueForm.TurnBreak + prompt : prompt;
        return historyFault;
    }

    /// <summary>Pairs of question and answer (as Alpaca's users write them), messages, or a transcript.</summary>
    private static RowFault? ReadHistory(in FieldValue value, string name, out string history)
    {
        history = "";
        var decoded = value.AsText is { } text && EncodedValue.TryRead(text, out var read) ? read : value;
        if (decoded.Kind != FieldKind.List || ChatMessages.IsMessages(decoded))
        {
            return Transcript.ReadPrompt(value, name, out history);
        }

        var turns = new List<ChatMessage>();
        foreach (var pair in decoded.Items)
        {
            if (pair.Items.Count != 2 || pair.Items[0].AsText is not { } question || pair.Items[1].AsText is not { } answer)
            {
                return new RowFault(RejectionReason.WrongType, $"field '{name}' is no list of turns; expected messages, or pairs of question and answer.");
            }

            turns.Add(new ChatMessage(ChatRole.Human, question));
            turns.Add(new ChatMessage(ChatRole.Assistant, answer));
        }

        history = ChatMessages.Write(turns);
        return null;
    }

    /// <summary>A field that is passed over must not hold another text than those that are read.</summary>
    public static RowFault? CheckBeside(Reading reading, RowFields row, params ReadOnlySpan<string> texts)
    {
        foreach (var path in reading.PathsOf(Part.Beside))
        {
            var value = reading.At(row, path);
            if (!value.HoldsSomething || value.Kind is FieldKind.Number or FieldKind.Boolean)
            {
                continue;
            }

            if (Transcript.ReadDialogue(value, path, out var beside) is null && !ContainsAny(texts, beside))
            {
                return new RowFault(
                    RejectionReason.WrongType,
                    $"field '{path}' holds another text than the fields that are read; name the fields that count with --field, or drop it.");
            }
        }

        return null;
    }

    /// <summary>An answer alone, beside fields that nobody reads: one of them may be its question, whatever its name.</summary>
    private static RowFault? CheckQuestion(Reading reading, RowFields row, string chosen)
    {
        if (reading.IsAsked || reading.Has(Part.Prompt) || HasQuestion(chosen))
        {
            return null;
        }

        List<string> unread = [.. row.Names.Where(name => !reading.Covers(name))];
        return unread.Count == 0
            ? null
            : new RowFault(
                RejectionReason.UnexpectedField,
                $"field '{reading.NameOf(Part.Chosen)}' is an answer without its question, and nobody reads {LayoutDetector.Quoted(unread)}; name the question's field, "
                + $"such as --field prompt={unread[0]}, or --layout {reading.Layout.Name} to read the answers alone.");
    }

    private static bool HasQuestion(string dialogue) =>
        DialogueForm.OpensWithHuman(dialogue) || dialogue.Contains(DialogueForm.TurnBreak + DialogueForm.Human, StringComparison.Ordinal);

    private static bool ContainsAny(ReadOnlySpan<string> texts, string beside)
    {
        foreach (var text in texts)
        {
            if (text.Contains(beside, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
