using System.Globalization;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Datasets.Layouts;

/// <summary>Two answers to one prompt, and which of them is better.</summary>
/// <remarks>
/// A tie states no preference: both answers then count as responses, which have no counterpart, rather than being lost.
/// </remarks>
internal static class Comparison
{
    private enum Better
    {
        First,
        Second,
        Neither,
    }

    public static RowFault? Compose(Reading reading, RowFields row, Pairing pairs, List<ScopedText[]> groups)
    {
        var (first, second) = ("", "");
        var fault = reading.Has(Part.Prompt)
            ? ReadAnswers(reading, row, out first, out second)
            : Transcript.ReadDialogue(reading[row, Part.First], reading.NameOf(Part.First), out first)
                ?? Transcript.ReadDialogue(reading[row, Part.Second], reading.NameOf(Part.Second), out second);
        fault ??= Judge(reading, row, out var better) ?? Add(groups, better, first, second);
        return fault ?? Composition.CheckBeside(reading, row, first, second);
    }

    /// <summary>A row that is a list of two records, as OpenAI's own <c>comparisons.jsonl</c> has them (Nakano et al. 2021, appendix K).</summary>
    public static RowFault? ComposeRecords(Reading reading, RowFields row, Pairing pairs, List<ScopedText[]> groups)
    {
        var question = reading.At(row, "0.question");
        var (first, second) = ("", "");
        return Transcript.ReadPrompt(question, "0.question", out var prompt)
            ?? Transcript.ReadReply(reading.At(row, "0.answer"), "0.answer", prompt, out first)
            ?? Transcript.ReadReply(reading.At(row, "1.answer"), "1.answer", prompt, out second)
            ?? ByScores(reading.At(row, "0.score"), "0.score", reading.At(row, "1.score"), "1.score", out var better)
            ?? Add(groups, better, first, second);
    }

    private static RowFault? Add(List<ScopedText[]> groups, Better better, string first, string second)
    {
        groups.Add(better switch
        {
            Better.First => Composition.Pair(first, second),
            Better.Second => Composition.Pair(second, first),
            _ => Composition.Tie(first, second),
        });
        return null;
    }

    private static RowFault? ReadAnswers(Reading reading, RowFields row, out string first, out string second)
    {
        (first, second) = ("", "");
        var (one, other) = (reading[row, Part.First], reading[row, Part.Second]);

        // Chatbot Arena's first release has the turns of each side as lists of strings.
        if (TryReadTurns(reading[row, Part.Prompt], out var prompts) && TryReadTurns(one, out var firsts) && TryReadTurns(other, out var seconds)
            && prompts.Count == firsts.Count && prompts.Count == seconds.Count)
        {
            first = Interleave(prompts, firsts);
            second = Interleave(prompts, seconds);
            return null;
        }

        return Composition.ReadPrompt(reading, row, out var prompt)
            ?? Transcript.ReadReply(one, reading.NameOf(Part.First), prompt, out first)
            ?? Transcript.ReadReply(other, reading.NameOf(Part.Second), prompt, out second);
    }

    private static bool TryReadTurns(in FieldValue value, out List<string> turns)
    {
        var list = value.AsText is { } text && text.StartsWith('[') && EncodedValue.TryRead(text, out var read) ? read : value;
        turns = list.Kind == FieldKind.List ? [.. list.Items.Select(static item => item.AsText ?? "")] : [];
        return turns.Count > 0 && list.Items.All(static item => item.Kind is FieldKind.Text or FieldKind.Null);
    }

    private static string Interleave(List<string> prompts, List<string> answers) => ChatMessages.Write(
        [.. prompts.Zip(answers).SelectMany(static pair => (ChatMessage[])[new(ChatRole.Human, pair.First), new(ChatRole.Assistant, pair.Second)])]);

    private static RowFault? Judge(Reading reading, RowFields row, out Better better)
    {
        better = Better.Neither;
        if (reading.Has(Part.Winner) || reading.Has(Part.Votes))
        {
            var (winner, name) = (reading[row, Part.Winner], reading.NameOf(Part.Winner));
            return winner.Kind == FieldKind.List || reading.Has(Part.Votes)
                ? ByVotes([.. winner.Items, .. reading[row, Part.Votes].Items], name, out better)
                : ByWinner(winner, name, reading, out better);
        }

        if (reading.Has(Part.FirstScore) && reading.Has(Part.SecondScore))
        {
            return ByScores(reading[row, Part.FirstScore], reading.NameOf(Part.FirstScore), reading[row, Part.SecondScore], reading.NameOf(Part.SecondScore), out better);
        }

        return new RowFault(
            RejectionReason.MissingField,
            $"no field says which of '{reading.NameOf(Part.First)}' and '{reading.NameOf(Part.Second)}' is better; name it with --field winner=NAME.");
    }

    private static RowFault? ByScores(in FieldValue first, string firstName, in FieldValue second, string secondName, out Better better)
    {
        better = Better.Neither;
        if (!first.TryGetNumber(out var one))
        {
            return Faults.NotA("a finite number", first, firstName);
        }

        if (!second.TryGetNumber(out var other))
        {
            return Faults.NotA("a finite number", second, secondName);
        }

        better = one > other ? Better.First : one < other ? Better.Second : Better.Neither;
        return null;
    }

    /// <summary>The majority of the annotators; a tie of votes is a tie.</summary>
    private static RowFault? ByVotes(IReadOnlyList<FieldValue> votes, string name, out Better better)
    {
        var balance = 0;
        better = Better.Neither;
        foreach (var vote in votes)
        {
            var said = vote.Kind == FieldKind.Object ? vote.Of("overall_pref", "preference", "winner") : vote;
            if (!TryReadWord(said.AsText ?? "", out var one))
            {
                return new RowFault(RejectionReason.WrongType, $"field '{name}' has a vote that is not understood; expected A or B is better, or a tie.");
            }

            balance += one == Better.First ? 1 : one == Better.Second ? -1 : 0;
        }

        better = balance > 0 ? Better.First : balance < 0 ? Better.Second : Better.Neither;
        return votes.Count > 0 ? null : Faults.NotA("votes", default, name);
    }

    private static RowFault? ByWinner(in FieldValue winner, string name, Reading reading, out Better better)
    {
        better = Better.Neither;
        var (first, second) = (reading.NameOf(Part.First), reading.NameOf(Part.Second));
        if (winner.TryGetNumber(out var number))
        {
            // HelpSteer: from -3, the first is much better, to 3; -100 marks a preference that was taken back.
            if (name is "preference_strength" or "overall_preference")
            {
                better = number < 0 ? Better.First : number > 0 ? Better.Second : Better.Neither;
                return number > -100 ? null : new RowFault(RejectionReason.MissingField, $"field '{name}' is {number.ToString(CultureInfo.InvariantCulture)}, which stands for no valid preference.");
            }

            // Stanford Human Preferences: 1 where A is better.
            if (name == "labels" && number is 0 or 1)
            {
                better = number == 1 ? Better.First : Better.Second;
                return null;
            }

            var digit = number.ToString(CultureInfo.InvariantCulture);
            if (first.EndsWith(digit, StringComparison.Ordinal) || second.EndsWith(digit, StringComparison.Ordinal))
            {
                better = first.EndsWith(digit, StringComparison.Ordinal) ? Better.First : Better.Second;
                return null;
            }
        }
        else if (winner.AsText is { } word)
        {
            if (word == first || word == second)
            {
                better = word == first ? Better.First : Better.Second;
                return null;
            }

            if (TryReadWord(word, out better))
            {
                return null;
            }
        }

        return winner.HoldsSomething
            ? new RowFault(RejectionReason.WrongType, $"field '{name}' does not say which of '{first}' and '{second}' is better; expected one of the names, A, B or tie.")
            : Faults.NotA($"which of '{first}' and '{second}' is better", winner, name);
    }

    private static bool TryReadWord(string word, out Better better)
    {
        var said = word.Trim().ToLowerInvariant();
        better = said.StartsWith("model_a", StringComparison.Ordinal) || said is "a" or "first" or "response_a" or "completion_a" || said.StartsWith("a-is", StringComparison.Ordinal)
            ? Better.First
            : said.StartsWith("model_b", StringComparison.Ordinal) || said is "b" or "second" or "response_b" or "completion_b" || said.StartsWith("b-is", StringComparison.Ordinal)
                ? Better.Second
                : Better.Neither;
        return better != Better.Neither || said.StartsWith("tie", StringComparison.Ordinal) || said is "both_bad" or "bothbad" or "both_good" or "equal" or "draw";
    }
}
