using System.Text;
using System.Text.RegularExpressions;

namespace ValueImprint.Core.Dialogues;

/// <summary>
/// The form in which a classifier of dialogues reads them: turns <c>Human: …</c> and <c>Assistant: …</c> with a blank line between,
/// trimmed, as the texts are that it learnt from. A transcript in another template gets other labels, although it says the same.
/// </summary>
public static partial class DialogueForm
{
    /// <summary>What a turn of the human begins with.</summary>
    public const string Human = "Human: ";

    /// <summary>What a turn of the assistant begins with.</summary>
    public const string Assistant = "Assistant: ";

    /// <summary>What stands between two turns.</summary>
    public const string TurnBreak = "\n\n";

    private static readonly Template[] _templates =
    [
        new(ChatMl(), "<|im_end|>", "<|endoftext|>"),
        new(Headers(), "<|eot_id|>", "<|end_of_text|>"),
        new(StartOfTurn(), "<end_of_turn>", "<eos>"),
        new(Inst(), "</s>", "<s>"),
        new(Pipes(), "<|end|>", "<|endoftext|>", "</s>"),
        new(Hashes(), "</s>"),
        new(ExtraIds()) { MayOpenWithoutMarker = true },
        new(Upper(), "</s>"),
        new(User()),
    ];

    /// <summary>Whether a text begins with a turn of the human in the classifier's own form.</summary>
    public static bool OpensWithHuman(ReadOnlySpan<char> text) => text.TrimStart().StartsWith("Human:", StringComparison.Ordinal);

    /// <summary>Whether a text begins with a turn of the assistant in the classifier's own form.</summary>
    public static bool OpensWithAssistant(ReadOnlySpan<char> text) => text.TrimStart().StartsWith("Assistant:", StringComparison.Ordinal);

    /// <summary>
    /// The text trimmed, and where it is a transcript in one of the common templates (ChatML, Llama 2 and 3, Gemma, Vicuna, Alpaca, Zephyr,
    /// NeMo, <c>User:</c>), its turns in the classifier's form; system turns are left out. A text that begins otherwise stays as it is: it
    /// may well quote a marker further on.
    /// </summary>
    public static string Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = text.AsSpan().Trim();
        if (trimmed.IsEmpty || OpensWithHuman(trimmed) || OpensWithAssistant(trimmed))
        {
            return trimmed.Length == text.Length ? text : trimmed.ToString();
        }

        var plain = StripOpening(trimmed.ToString());
        foreach (var template in _templates)
        {
            if (template.TryRewrite(plain, out var dialogue))
            {
                return dialogue;
            }
        }

        return trimmed.Length == text.Length ? text : trimmed.ToString();
    }

    /// <summary>Marks of a sequence's beginning, which templates put in front of all turns.</summary>
    private static string StripOpening(string text)
    {
        foreach (var mark in (string[])["<s>", "<bos>", "<|begin_of_text|>", "<|endoftext|>"])
        {
            text = text.StartsWith(mark, StringComparison.Ordinal) ? text[mark.Length..].TrimStart() : text;
        }

        return text;
    }

    [GeneratedRegex(@"<\|im_start\|>[ ]*(?<role>\w+)[ ]*\n?")]
    private static partial Regex ChatMl();

    [GeneratedRegex(@"<\|start_header_id\|>(?<role>\w+)<\|end_header_id\|>\s*")]
    private static partial Regex Headers();

    [GeneratedRegex(@"<start_of_turn>(?<role>user|model)\s*")]
    private static partial Regex StartOfTurn();

    [GeneratedRegex(@"(?<human>\[INST\])|(?<assistant>\[/INST\])")]
    private static partial Regex Inst();

    [GeneratedRegex(@"<\|(?<role>user|prompter|assistant|system|human)\|>\s*")]
    private static partial Regex Pipes();

    [GeneratedRegex(@"(?<=^|\n)(?:Below is an instruction that describes a task[^\n]*\n+)?###[ ]*(?<role>Instruction|Response|Input|Human|Assistant|User|System)[ ]*:\s*")]
    private static partial Regex Hashes();

    [GeneratedRegex(@"<extra_id_[01]>[ ]*(?<role>\w+)[ ]*\n?")]
    private static partial Regex ExtraIds();

    [GeneratedRegex(@"(?<=^|\s|</s>)(?<role>USER|ASSISTANT|SYSTEM):\s*")]
    private static partial Regex Upper();

    [GeneratedRegex(@"(?<=^|\n)(?<role>User|Assistant|System):\s*")]
    private static partial Regex User();

    private sealed class Template(Regex marker, params string[] ends)
    {
        /// <summary>What stands before the first marker is the human's first turn.</summary>
        public bool MayOpenWithoutMarker { get; init; }

        public bool TryRewrite(string text, out string dialogue)
        {
            dialogue = "";
            var markers = marker.Matches(text);
            if (markers.Count == 0 || (markers[0].Index > 0 && !MayOpenWithoutMarker))
            {
                return false;
            }

            var written = new StringBuilder();
            var last = Append(written, "user", text.AsSpan(0, markers[0].Index), null);
            for (var turn = 0; turn < markers.Count; turn++)
            {
                var start = markers[turn].Index + markers[turn].Length;
                var end = turn + 1 < markers.Count ? markers[turn + 1].Index : text.Length;
                last = Append(written, RoleOf(markers[turn]), text.AsSpan(start, end - start), last);
                if (last is null)
                {
                    return false;
                }

                // An assistant's mark at the end waits for the answer.
                if (turn == markers.Count - 1 && last == "open")
                {
                    written.Append(written.Length > 0 ? TurnBreak : "").Append(Assistant.TrimEnd());
                }
            }

            dialogue = written.ToString();
            return written.Length > 0;
        }

        private static string RoleOf(Match match) =>
            match.Groups["human"].Success ? "user" : match.Groups["assistant"].Success ? "assistant" : match.Groups["role"].Value.ToLowerInvariant();

        /// <returns>Whose turn it was, "open" for an assistant's without a text, null for a role that is none.</returns>
        private string? Append(StringBuilder written, string role, ReadOnlySpan<char> turn, string? last)
        {
            var text = WithoutEnds(turn.Trim());
            var isHuman = role is "user" or "human" or "prompter" or "instruction" or "input";
            var isAssistant = role is "assistant" or "model" or "response" or "gpt";
            if (!isHuman && !isAssistant)
            {
                return role is "system" or "tool" or "developer" or "ipython" or "environment" or "function" ? "system" : null;
            }

            if (text.Length == 0)
            {
                return isAssistant ? "open" : role == "input" && last is not null ? last : "user";
            }

            // Alpaca's input belongs to the instruction before it.
            written.Append(written.Length > 0 ? TurnBreak : "");
            if (role != "input" || last != "instruction")
            {
                written.Append(isHuman ? Human : Assistant);
            }

            written.Append(text);
            return role == "instruction" ? role : isHuman ? "user" : "assistant";
        }

        private string WithoutEnds(ReadOnlySpan<char> turn)
        {
            var text = turn.ToString();
            var system = text.StartsWith("<<SYS>>", StringComparison.Ordinal) ? text.IndexOf("<</SYS>>", StringComparison.Ordinal) : -1;
            text = system < 0 ? text : text[(system + "<</SYS>>".Length)..].Trim();
            for (var ended = true; ended;)
            {
                ended = false;
                foreach (var end in ends)
                {
                    if (text.EndsWith(end, StringComparison.Ordinal))
                    {
                        (text, ended) = (text[..^end.Length].TrimEnd(), true);
                    }
                }
            }

            return text;
        }
    }
}
