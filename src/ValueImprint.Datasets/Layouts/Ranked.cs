using ValueImprint.Core.Dialogues;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Datasets.Layouts;

/// <summary>Several answers to one prompt with scores or ranks, and the pairs that are made of them.</summary>
internal static class Ranked
{
    private static readonly string[] _texts = ["response", "answer", "text", "content", "completion", "output"];
    private static readonly string[] _scores = ["overall_score", "score", "rating", "reward"];

    /// <summary>UltraFeedback (<c>completions</c>, <c>overall_score</c>), Nectar (<c>answers</c>, <c>rank</c>).</summary>
    public static RowFault? Compose(Reading reading, RowFields row, Pairing pairs, List<ScopedText[]> groups)
    {
        var name = reading.NameOf(Part.Answers);
        var answers = reading[row, Part.Answers];
        if (answers.Kind != FieldKind.List)
        {
            return Faults.NotA("a list of answers with scores or ranks", answers, name);
        }

        if (Composition.ReadPrompt(reading, row, out var prompt) is { } promptFault)
        {
            return promptFault;
        }

        var scored = new List<(string Text, double Score)>();
        foreach (var answer in answers.Items)
        {
            if (!TryScore(answer, out var score))
            {
                return new RowFault(RejectionReason.MissingField, $"field '{name}' has an answer without a score or rank; expected a number for each.");
            }

            if (Transcript.ReadReply(answer.Of(_texts), $"{name}.{scored.Count}", prompt, out var text) is { } fault)
            {
                return fault;
            }

            scored.Add((text, score));
        }

        return Add(groups, scored, pairs, name);
    }

    /// <summary>PRISM's conversations, and Community Alignment's turns with four answers each.</summary>
    public static RowFault? ComposeTurns(Reading reading, RowFields row, Pairing pairs, List<ScopedText[]> groups) => reading.Has(Part.Answers)
        ? ComposeConversation(reading[row, Part.Answers], reading.NameOf(Part.Answers), pairs, groups)
        : ComposeColumns(reading, row, groups);

    /// <summary>OASST's trees: the answers to a message are ranked among each other, with the path to them as context.</summary>
    public static RowFault? ComposeTree(Reading reading, RowFields row, Pairing pairs, List<ScopedText[]> groups)
    {
        var name = reading.NameOf(Part.Prompt);
        var root = reading[row, Part.Prompt];
        if (root.Kind != FieldKind.Object)
        {
            return Faults.NotA("a message with replies", root, name);
        }

        return AddReplies(root, "", name, pairs, groups)
            ?? (groups.Count > 0 ? null : new RowFault(RejectionReason.NoAnswer, $"field '{name}' holds no assistant's reply."));
    }

    private static RowFault? AddReplies(in FieldValue message, string above, string name, Pairing pairs, List<ScopedText[]> groups)
    {
        var role = ChatMessages.Parse(message.Of("role").AsText ?? "");
        if (role is not (ChatRole.Human or ChatRole.Assistant) || message.Of("text").AsText is not { } text)
        {
            return new RowFault(RejectionReason.WrongType, $"field '{name}' has a message without a role or a text.");
        }

        var path = (above.Length > 0 ? above + DialogueForm.TurnBreak : "")
            + (role == ChatRole.Human ? DialogueForm.Human : DialogueForm.Assistant) + text.Trim();
        var answers = new List<(string Text, double Score)>();
        foreach (var reply in message.Of("replies").Items)
        {
            if (role == ChatRole.Human && reply.Of("text").AsText is { } answer && !string.IsNullOrWhiteSpace(answer))
            {
                // Without a rank it is not compared with its siblings.
                answers.Add((Transcript.Reply(path, answer.Trim()), reply.Of("rank").TryGetNumber(out var rank) ? -rank : double.NaN));
            }
        }

        foreach (var (single, _) in answers.Where(static answer => double.IsNaN(answer.Score)))
        {
            groups.Add([new ScopedText(TextScope.Response, single)]);
        }

        answers.RemoveAll(static answer => double.IsNaN(answer.Score));
        if (answers.Count > 0 && Add(groups, answers, pairs, name) is { } fault)
        {
            return fault;
        }

        foreach (var reply in message.Of("replies").Items)
        {
            if (AddReplies(reply, path, name, pairs, groups) is { } replyFault)
            {
                return replyFault;
            }
        }

        return null;
    }

    private static RowFault? ComposeConversation(in FieldValue history, string name, Pairing pairs, List<ScopedText[]> groups)
    {
        var path = "";
        var position = 0;
        while (position < history.Items.Count)
        {
            var turn = history.Items[position].Of("turn").AsIdentifier;
            var answers = new List<(string Text, double Score, bool IsChosen)>();
            for (; position < history.Items.Count && history.Items[position].Of("turn").AsIdentifier == turn; position++)
            {
                var message = history.Items[position];
                if (message.Of("content").AsText?.Trim() is not { Length: > 0 } text)
                {
                    return new RowFault(RejectionReason.EmptyText, $"field '{name}' has a turn without a text.");
                }

                if (ChatMessages.Parse(message.Of("role").AsText ?? "") == ChatRole.Human)
                {
                    path = (path.Length > 0 ? path + DialogueForm.TurnBreak : "") + DialogueForm.Human + text;
                    continue;
                }

                var isChosen = message.Of("if_chosen").AsBoolean == true;
                if (!TryScore(message, out var score))
                {
                    score = isChosen ? 1 : 0;
                }

                // What was chosen goes first, whatever it was scored.
                answers.Add((Transcript.Reply(path, text), isChosen ? double.MaxValue : score, isChosen));
            }

            if (answers.Count > 0)
            {
                if (Add(groups, [.. answers.Select(static answer => (answer.Text, answer.Score))], pairs, name) is { } fault)
                {
                    return fault;
                }

                path = answers.MaxBy(static answer => answer.Score).Text;
            }
        }

        return groups.Count > 0 ? null : new RowFault(RejectionReason.NoAnswer, $"field '{name}' holds no answer.");
    }

    /// <summary>The preferred answer of each turn, and all the others as rejected.</summary>
    private static RowFault? ComposeColumns(Reading reading, RowFields row, List<ScopedText[]> groups)
    {
        var path = "";
        foreach (var ordinal in KnownLayouts.Ordinals)
        {
            var prefix = ordinal + "_turn_";
            var prompt = reading.At(row, prefix + "prompt");
            if (!prompt.HoldsSomething)
            {
                break;
            }

            if (Transcript.ReadPrompt(prompt, prefix + "prompt", out var asked) is { } fault)
            {
                return fault;
            }

            path = path.Length > 0 ? path + DialogueForm.TurnBreak + asked : asked;
            var preferred = reading.At(row, prefix + "preferred_response").AsText?.Trim();
            var answers = new List<(string Text, bool IsPreferred)>();
            foreach (var letter in KnownLayouts.AnswerLetters)
            {
                var name = $"{prefix}response_{letter}";
                if (!reading.At(row, name).HoldsSomething)
                {
                    continue;
                }

                if (Transcript.ReadReply(reading.At(row, name), name, path, out var text) is { } answerFault)
                {
                    return answerFault;
                }

                answers.Add((text, preferred is not null && (preferred.Equals($"response_{letter}", StringComparison.OrdinalIgnoreCase) || preferred.Equals(letter.ToString(), StringComparison.OrdinalIgnoreCase))));
            }

            if (answers.FirstOrDefault(static answer => answer.IsPreferred).Text is not { } chosen)
            {
                return new RowFault(RejectionReason.MissingField, $"field '{prefix}preferred_response' names none of the turn's answers; expected response_a to response_d.");
            }

            // Each answer counts once: those that were not preferred are not ranked among each other.
            groups.Add([
                new ScopedText(TextScope.Chosen, chosen),
                .. answers.Where(static answer => !answer.IsPreferred).Select(static answer => new ScopedText(TextScope.Rejected, answer.Text))]);
            path = chosen;
        }

        return groups.Count > 0 ? null : Faults.NotA("a prompt with answers", default, "first_turn_prompt");
    }

    private static bool TryScore(in FieldValue answer, out double score)
    {
        if (answer.Of(_scores).TryGetNumber(out score))
        {
            return true;
        }

        var isRanked = answer.Of("rank").TryGetNumber(out var rank);
        score = -rank;
        return isRanked;
    }

    /// <summary>The pairs of scored answers; equal ones are responses.</summary>
    public static RowFault? Add(List<ScopedText[]> groups, List<(string Text, double Score)> scored, Pairing pairs, string name)
    {
        if (scored.Count == 0)
        {
            return new RowFault(RejectionReason.NoAnswer, $"field '{name}' is empty; expected answers.");
        }

        // Stable: of equal ones the first stays the first.
        var order = scored.OrderByDescending(static answer => answer.Score).ToList();
        if (order.Count == 1 || order[0].Score.Equals(order[^1].Score))
        {
            groups.Add([.. scored.Select(static answer => new ScopedText(TextScope.Response, answer.Text))]);
            return null;
        }

        switch (pairs)
        {
            case Pairing.BestWorst:
                groups.Add(Composition.Pair(order[0].Text, order[^1].Text));
                break;
            case Pairing.Adjacent:
                for (var index = 1; index < order.Count; index++)
                {
                    AddUnequal(order[index - 1], order[index]);
                }

                break;
            default:
                for (var better = 0; better < order.Count; better++)
                {
                    for (var worse = better + 1; worse < order.Count; worse++)
                    {
                        AddUnequal(order[better], order[worse]);
                    }
                }

                break;
        }

        return null;

        void AddUnequal((string Text, double Score) better, (string Text, double Score) worse)
        {
            if (better.Score > worse.Score)
            {
                groups.Add(Composition.Pair(better.Text, worse.Text));
            }
        }
    }
}
