using System.Diagnostics.CodeAnalysis;
using ValueImprint.Datasets.Layouts;

namespace ValueImprint.Datasets;

/// <summary>
/// A layout of the user's own: which field plays which part. Nested fields are written with dots, items of lists with their
/// number from 0 (<c>answers.0.text</c>).
/// </summary>
/// <remarks>
/// <see cref="Chosen"/> and <see cref="Rejected"/>, or <see cref="Response"/>, or <see cref="Text"/> make a layout. With <see cref="Prompt"/>
/// or <see cref="Winner"/> and none of these the layout is found, and has that part under that name.
/// </remarks>
public sealed record FieldMapping
{
    /// <summary>The parts that <c>--field PART=PATH</c> takes, for help and errors.</summary>
    public const string ValidParts = "chosen, rejected, response, text, prompt, winner, id, label";

    /// <summary>The preferred answer, or the whole dialogue that ends in it.</summary>
    public string? Chosen { get; init; }

    /// <summary>The answer that was not preferred, or the whole dialogue that ends in it.</summary>
    public string? Rejected { get; init; }

    /// <summary>An answer without a counterpart.</summary>
    public string? Response { get; init; }

    /// <summary>A text without a role.</summary>
    public string? Text { get; init; }

    /// <summary>What the answers reply to; put before each of them.</summary>
    public string? Prompt { get; init; }

    /// <summary>Which of two answers is better.</summary>
    public string? Winner { get; init; }

    /// <summary>The row's identifier; null means a field named <c>id</c>, if there is one.</summary>
    public string? Id { get; init; }

    /// <summary>A label to carry along.</summary>
    public string? Label { get; init; }

    /// <summary>Reads <c>PART=PATH</c> arguments.</summary>
    /// <param name="arguments">As given with <c>--field</c>.</param>
    /// <param name="mapping">The mapping, where all of them are valid and together make a layout.</param>
    /// <param name="error">What was found, what was expected.</param>
    public static bool TryParse(
        IEnumerable<string> arguments,
        [NotNullWhen(true)] out FieldMapping? mapping,
        [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(arguments);

        mapping = null;
        var parsed = new FieldMapping();
        foreach (var argument in arguments)
        {
            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || equals == argument.Length - 1)
            {
                error = $"'--field {argument}' is not PART=PATH, such as chosen=answer.good; parts are {ValidParts}.";
                return false;
            }

            var (part, path) = (argument[..equals].Trim(), argument[(equals + 1)..].Trim());
            if (parsed.With(part, path) is not { } next)
            {
                error = $"'--field {argument}' names no part '{part}', or names it twice; parts are {ValidParts}.";
                return false;
            }

            parsed = next;
        }

        error = parsed.Check();
        mapping = error is null ? parsed : null;
        return error is null;
    }

    /// <summary>What keeps the mapping from being a layout, or null.</summary>
    internal string? Check() => (Chosen, Rejected, Response, Text) switch
    {
        (not null, not null, null, null) => null,
        (null, null, not null, null) or (null, null, null, not null) => null,
        _ when IsPartial => null,
        (null, null, null, null) => "no field holds a text; name chosen= and rejected=, or response=, or text=.",
        (not null, null, _, _) => "chosen= is set without rejected=; for one text a record name response= or text=, with --scope chosen.",
        (null, not null, _, _) => "rejected= is set without chosen=; for one text a record name response= or text=, with --scope rejected.",
        _ => "too many texts are named; name chosen= and rejected=, or response=, or text=.",
    };

    /// <summary>Whether it names parts of a layout that is to be found.</summary>
    internal bool IsPartial => (Chosen ?? Rejected ?? Response ?? Text) is null && (Prompt ?? Winner) is not null;

    /// <summary>The fields that are named.</summary>
    internal IEnumerable<string> Paths => ((string?[])[Chosen, Rejected, Response, Text, Prompt, Winner, Id, Label]).OfType<string>();

    internal string? PathOf(Part part) => part switch
    {
        Part.Prompt => Prompt,
        Part.Chosen => Chosen,
        Part.Rejected => Rejected,
        Part.Response => Response ?? Text,
        Part.Winner => Winner,
        Part.Id => Id,
        Part.Label => Label,
        _ => null,
    };

    private FieldMapping? With(string part, string path) => part.ToLowerInvariant() switch
    {
        "chosen" when Chosen is null => this with { Chosen = path },
        "rejected" when Rejected is null => this with { Rejected = path },
        "response" when Response is null => this with { Response = path },
        "text" when Text is null => this with { Text = path },
        "prompt" when Prompt is null => this with { Prompt = path },
        "winner" when Winner is null => this with { Winner = path },
        "id" when Id is null => this with { Id = path },
        "label" when Label is null => this with { Label = path },
        _ => null,
    };
}
