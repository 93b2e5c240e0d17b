using ValueImprint.Core.Imprints;
using static ValueImprint.Datasets.Layouts.LayoutPart;

namespace ValueImprint.Datasets.Layouts;

/// <summary>The layouts of the datasets that people use, and the names that their fields go by.</summary>
internal static class KnownLayouts
{
    private static readonly string[] _prompts =
    [
        "prompt", "question", "query", "instruction", "messages", "conversations", "conversation", "context", "history", "post", "input", "dialogue",
        "dialog", "problem", "request", "user_prompt", "user_input", "prompt_text", "inputs",
    ];

    private static readonly LayoutPart _system = May(Part.System, "system", "system_prompt");
    private static readonly LayoutPart _history = May(Part.History, "history");
    private static readonly LayoutPart _input = May(Part.Input, "input", "context");
    private static readonly LayoutPart _id = May(
        Part.Id, "id", "_id", "uid", "uuid", "prompt_id", "comparison_id", "question_id", "conversation_id", "message_tree_id");

    /// <summary>Pairs of names that two answers to one prompt go by.</summary>
    private static readonly (string First, string Second)[] _answers =
    [
        ("answer_0", "answer_1"), ("response_0", "response_1"), ("response_1", "response_2"), ("response1", "response2"), ("response_a", "response_b"),
        ("completion_a", "completion_b"), ("completion_0", "completion_1"), ("answer_a", "answer_b"), ("output_1", "output_2"), ("output_a", "output_b"),
        ("human_ref_A", "human_ref_B"), ("answer_1", "answer_2"),
    ];

    private static readonly LayoutPart[] _winner =
    [
        May(Part.Winner, "winner", "better_response_id", "preference_strength", "overall_preference", "labels", "preferred", "preference", "overall_pref", "normal_worker_annotations"),
        May(Part.Votes, "expert_worker_annotations"),
        May(Part.FirstScore, "winner_model_a", "score_0", "score_a", "score_1"),
        May(Part.SecondScore, "winner_model_b", "score_1", "score_b", "score_2"),
        May(Part.Beside, "winner_tie"),
    ];

    private static readonly string[] _ordinals = ["first", "second", "third", "fourth"];

    /// <summary>In the order in which detection tries them: what needs more fields goes first.</summary>
    public static IReadOnlyList<DatasetLayout> All { get; } =
    [
        new(
            "webgpt", "question, answer_0, answer_1, score_0, score_1: the answer with the higher score is chosen, equal ones are responses", null, Comparison.Compose,
            [Need(Part.Prompt, "question"), Need(Part.First, "answer_0"), Need(Part.Second, "answer_1"), Need(Part.FirstScore, "score_0"), Need(Part.SecondScore, "score_1"), _id]),
        new(
            "webgpt-records", "a list of two records with question, answer, score: as webgpt", null, Comparison.ComposeRecords,
            [Need(Part.First, "0"), Need(Part.Second, "1")]),
        new(
            "comparison", "two answers (response_0/1, completion_a/b, human_ref_A/B, …) and which is better (winner, preference_strength, votes, …): chosen and rejected, ties are responses",
            null, Comparison.Compose,
            [
                .. _answers.Select(static pair => (LayoutPart[])
                    [Need(Part.Prompt, [.. _prompts, "text"]), _history, _input, Need(Part.First, pair.First), Need(Part.Second, pair.Second), .. _winner, _system, _id]),
                [Need(Part.First, "conversation_a"), Need(Part.Second, "conversation_b"), Need(Part.Winner, "winner"), May(Part.Beside, "prompt", "question"), _id],
            ]),
        new(
            "rejected-response", "messages (or query and response) and rejected_response: chosen and rejected", null, Composition.ComposeRejectedResponse,
            [Need(Part.Prompt, "query", "prompt"), Need(Part.Chosen, "response"), Need(Part.Rejected, "rejected_response"), _history, _system, _id],
            [Need(Part.Prompt, "messages"), Need(Part.Rejected, "rejected_response"), _system, _id]),
        new(
            "ranked", "prompt and a list of answers (completions, answers, responses) with score or rank: the best is chosen, the worst rejected", null, Ranked.Compose,
            [Need(Part.Prompt, "prompt", "instruction", "question", "query"), Need(Part.Answers, "completions", "answers", "responses", "outputs"), _history, _system, _id]),
        new(
            "turns", "conversation_history (PRISM) or first_turn_prompt, first_turn_response_a … (Community Alignment): of each turn's answers the preferred one is chosen",
            null, Ranked.ComposeTurns,
            [Need(Part.Answers, "conversation_history"), May(Part.Beside, "opening_prompt"), _id],
            [Need(Part.Turn, [.. _ordinals.SelectMany(TurnNames)]), _id]),
        new(
            "tree", "prompt with replies (OASST): of each message's answers the best ranked is chosen, the worst rejected", null, Ranked.ComposeTree,
            [Need(Part.Id, "message_tree_id"), Need(Part.Prompt, "prompt")]),
        new(
            "dpo", "prompt, chosen, rejected (strings or lists of messages): two dialogues, chosen and rejected", null, Composition.ComposePair,
            [Need(Part.Prompt, _prompts), Need(Part.Chosen, "chosen", "chosen_response"), Need(Part.Rejected, "rejected", "rejected_response"), _history, _input, _system, May(Part.Beside, "messages"), _id]),
        new(
            "hh-rlhf", "chosen, rejected (whole dialogues): two dialogues, chosen and rejected", null, Composition.ComposePair,
            [Need(Part.Chosen, "chosen"), Need(Part.Rejected, "rejected"), _system, _id]),
        new(
            "alpaca", "instruction, input (optional), output: one dialogue, response", TextScope.Response, Composition.ComposeSingle,
            [Need(Part.Prompt, "instruction"), Need(Part.Response, "output"), May(Part.Input, "input"), _history, _system, May(Part.Beside, "text", "prompt", "messages", "conversations"), _id]),
        new(
            "kto", "prompt, completion, label or kto_tag (true or false): one dialogue, chosen or rejected", null, Composition.ComposeLabelled,
            [Need(Part.Prompt, "prompt", "question", "query", "instruction", "messages"), Need(Part.Response, "completion", "response", "answer"), Need(Part.Label, "label", "kto_tag", "desirable", "is_desirable"), _history, _input, _system, _id]),
        new(
            "scored", "prompt, response, helpfulness (HelpSteer): answers to the same prompt in neighbouring rows are compared, others are responses", null, Composition.ComposeSingle,
            [Need(Part.Prompt, "prompt"), Need(Part.Response, "response"), Need(Part.FirstScore, "helpfulness"), May(Part.SecondScore, "correctness"), _system, _id])
        {
            IsGrouped = true,
        },
        new(
            "prompt-response", "prompt (or question, query, instruction) and response (or completion, answer): one dialogue, response", TextScope.Response, Composition.ComposeSingle,
            [Need(Part.Prompt, "prompt", "question", "query", "instruction"), Need(Part.Response, "response", "completion", "answer"), _history, _input, _system, May(Part.Beside, "messages", "text"), _id]),
        new(
            "messages", "messages (role, content) or conversations (from, value): one dialogue, response", TextScope.Response, Composition.ComposeDialogue,
            [Need(Part.Response, "messages", "conversations", "conversation", "dialogue"), _system, May(Part.Beside, "prompt"), _id]),
        new(
            "paper", "Text, Label: one text, its label carried along", TextScope.Text, Composition.ComposeText,
            [Need(Part.Text, "Text"), Need(Part.Label, "Label", "Prediction"), _id]),
        new("text", "text: one text", TextScope.Text, Composition.ComposeText, [Need(Part.Text, "text"), _id]),
    ];

    /// <summary>Names that hold what is said or answered, whether a layout reads them or not: none is left out in silence.</summary>
    private static readonly HashSet<string> _textNames = new(
        [
            .. All.SelectMany(static layout => layout.Variants).SelectMany(static variant => variant)
                .Where(static part => part.Part is not (Part.Id or Part.Label or Part.Winner or Part.Votes or Part.FirstScore or Part.SecondScore or Part.System))
                .SelectMany(static part => part.Names),
            "passage", "document", "article", "premise", "chosen_response", "rejected_response", "rejected_responses", "chosen_answer", "rejected_answer",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Names that say which texts are wanted; a single text beside one of them is not read as if all were.</summary>
    private static readonly HashSet<string> _preferenceNames = new(
        ["label", "kto_tag", "desirable", "is_desirable", "thumbs_up", "accepted", "winner", "preference", "preferred", "overall_pref", "overall_preference", "preference_strength", "better_response_id", "parent_id"],
        StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> _wanted = new(
        [.. _textNames, .. _preferenceNames, .. All.SelectMany(static layout => layout.Variants).SelectMany(static variant => variant).SelectMany(static part => part.Names)],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a layout may want a field of this name.</summary>
    public static bool IsWanted(string name, FieldMapping? mapping) =>
        _wanted.Contains(name) || mapping?.Paths.Any(path => path == name || path.StartsWith(name + ".", StringComparison.Ordinal)) == true;

    /// <summary>Whether a field of this name changes what is read, so that a layout which passes over it must not be taken.</summary>
    public static bool Matters(string name, DatasetLayout layout) =>
        _textNames.Contains(name) || (layout.SingleScope is not null && _preferenceNames.Contains(name));

    /// <summary>A layout of a user's mapping.</summary>
    public static DatasetLayout OfFields(FieldMapping mapping)
    {
        var scope = mapping.Response is not null ? TextScope.Response : mapping.Text is not null ? TextScope.Text : (TextScope?)null;
        var single = mapping.Response ?? mapping.Text;
        List<LayoutPart> parts = [];
        Add(Part.Chosen, mapping.Chosen);
        Add(Part.Rejected, mapping.Rejected);
        Add(Part.Response, single);
        Add(Part.Prompt, mapping.Prompt);
        Add(Part.Id, mapping.Id);
        if (mapping.Label is { } label)
        {
            parts.Add(May(Part.Label, label));
        }

        if (mapping.Id is null)
        {
            parts.Add(_id);
        }

        return new DatasetLayout(
            "fields", "the fields named with --field", scope, mapping.Chosen is not null ? Composition.ComposePair : Composition.ComposeSingle, [.. parts])
        {
            Mapping = mapping,
            IsPartial = mapping.IsPartial,
        };

        void Add(Part part, string? path)
        {
            if (path is not null)
            {
                parts.Add(Need(part, path));
            }
        }
    }

    /// <summary>The fields of a turn of Community Alignment.</summary>
    public static IEnumerable<string> TurnNames(string ordinal) =>
        [$"{ordinal}_turn_prompt", .. AnswerLetters.Select(letter => $"{ordinal}_turn_response_{letter}"), $"{ordinal}_turn_preferred_response"];

    public static IReadOnlyList<string> Ordinals => _ordinals;

    public static string AnswerLetters => "abcd";
}
