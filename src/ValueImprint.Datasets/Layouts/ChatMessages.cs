using System.Text;
using ValueImprint.Core.Dialogues;

namespace ValueImprint.Datasets.Layouts;

/// <summary>Who speaks in a turn.</summary>
internal enum ChatRole
{
    /// <summary>A name that is none of the known ones.</summary>
    Unknown,

    Human,

    Assistant,

    /// <summary>System prompts and tools: no part of the exchange between the two, left out of the classified text.</summary>
    Auxiliary,
}

/// <summary>A turn of a dialogue.</summary>
/// <param name="Role">Who speaks.</param>
/// <param name="Text">What is said; empty for a turn without text, such as a call of a tool.</param>
internal readonly record struct ChatMessage(ChatRole Role, string Text);

/// <summary>
/// Turns as data files have them: objects with <c>role</c> (or <c>from</c>) and <c>content</c> (or <c>value</c>), pairs of question and
/// answer, or either as a string that encodes them.
/// </summary>
internal static class ChatMessages
{
    private const string ExpectedRoles = "user, human, prompter, assistant, gpt, model, bot, chatbot, system, developer, tool or function";
    private static readonly string[] _roleNames = ["role", "from", "speaker"];
    private static readonly string[] _contentNames = ["content", "value", "text"];

    private static readonly HashSet<string> _partsWithoutText = new(StringComparer.Ordinal)
    {
        "image", "image_url", "input_image", "audio", "audio_url", "input_audio", "video", "video_url", "file", "document", "tool_use", "tool_result", "tool_call",
    };

    /// <summary>Whether the value is a turn or a list of turns.</summary>
    public static bool IsMessages(in FieldValue value) => value.Kind switch
    {
        FieldKind.Object => value.Of(_roleNames).Kind == FieldKind.Text,
        FieldKind.List => value.Items.All(static item => item.Kind == FieldKind.Object && item.Of(_roleNames).Kind == FieldKind.Text),
        _ => false,
    };

    /// <summary>Reads turns.</summary>
    /// <param name="value">What <see cref="IsMessages"/> took.</param>
    /// <param name="name">The field, for messages.</param>
    /// <param name="messages">The turns.</param>
    public static RowFault? Read(in FieldValue value, string name, out List<ChatMessage> messages)
    {
        messages = [];
        foreach (var turn in value.Kind == FieldKind.Object ? [value] : value.Items)
        {
            var role = Parse(turn.Of(_roleNames).AsText ?? "");
            if (role == ChatRole.Unknown)
            {
                return new RowFault(
                    RejectionReason.UnknownRole, $"field '{name}' has an unknown role in turn {messages.Count + 1}; expected {ExpectedRoles}.");
            }

            if (!TryReadContent(turn.Of(_contentNames), out var text))
            {
                return new RowFault(
                    RejectionReason.WrongType, $"field '{name}' has content in turn {messages.Count + 1} that is not understood; expected a string or parts of type text.");
            }

            messages.Add(new ChatMessage(role, text));
        }

        return null;
    }

    /// <summary>Turns as a transcript; auxiliary and empty ones are left out.</summary>
    public static string Write(IReadOnlyList<ChatMessage> messages)
    {
        var text = new StringBuilder();
        foreach (var message in messages)
        {
            var turn = message.Text.AsSpan().Trim();
            if (!turn.IsEmpty && message.Role is ChatRole.Human or ChatRole.Assistant)
            {
                text.Append(text.Length > 0 ? DialogueForm.TurnBreak : "")
                    .Append(message.Role == ChatRole.Human ? DialogueForm.Human : DialogueForm.Assistant)
                    .Append(turn);
            }
        }

        return text.ToString();
    }

    public static ChatRole Parse(string name) => name.ToLowerInvariant() switch
    {
        "user" or "human" or "prompter" => ChatRole.Human,
        "assistant" or "gpt" or "chatgpt" or "model" or "bot" or "chatbot" => ChatRole.Assistant,
        "system" or "developer" or "tool" or "function" or "function_call" or "function_response" or "tool_call"
            or "tool_response" or "observation" or "ipython" => ChatRole.Auxiliary,
        _ => ChatRole.Unknown,
    };

    /// <summary>Parts such as images have nothing to classify; what is not understood is a fault, and never left out.</summary>
    private static bool TryReadContent(in FieldValue content, out string text)
    {
        text = content.AsText ?? "";
        switch (content.Kind)
        {
            case FieldKind.Text when EncodedValue.IsLikely(text) && EncodedValue.TryRead(text, out var encoded) && AreTypedParts(encoded):
                return TryReadContent(encoded, out text);
            case FieldKind.Text or FieldKind.Null or FieldKind.Missing:
                return true;
            case FieldKind.Object:
                if (content.Of("type").AsText is { } type && _partsWithoutText.Contains(type))
                {
                    return true;
                }

                var inner = content.Of("text", "content", "value", "parts");
                return inner.Kind > FieldKind.Null && TryReadContent(inner, out text);
            case FieldKind.List:
                var parts = new List<string>();
                foreach (var item in content.Items)
                {
                    if (!TryReadContent(item, out var part))
                    {
                        return false;
                    }

                    parts.Add(part);
                }

                text = string.Join('\n', parts.Where(static part => part.Length > 0));
                return true;
            default:
                return false;
        }
    }

    /// <summary>What people write may look like any list; only one whose items all say their type is taken for parts.</summary>
    private static bool AreTypedParts(in FieldValue value) =>
        value.Kind == FieldKind.List && value.Items.Count > 0
        && value.Items.All(static item => item.Of("type").AsText is { } type && (type is "text" or "input_text" or "output_text" || _partsWithoutText.Contains(type)));
}
