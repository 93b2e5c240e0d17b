using System.CommandLine;
using System.CommandLine.Parsing;

namespace ValueImprint.Tool.CommandLine;

/// <summary>An option with one value: from the command line, else from the environment, else the default.</summary>
internal sealed class ToolOption<T> : Option<T>, IDocumentedOption
{
    private readonly TextParser<T> _parse;

    /// <summary>Builds the option.</summary>
    /// <param name="name">With its dashes.</param>
    /// <param name="valueName">What stands for the value in help, such as <c>FILE</c>.</param>
    /// <param name="description">One sentence without a full stop.</param>
    /// <param name="parse">Reads the value.</param>
    /// <param name="defaultValue">The value when neither command line nor environment give one.</param>
    public ToolOption(string name, string valueName, string description, TextParser<T> parse, T defaultValue)
        : base(name)
    {
        (_parse, HelpName, Description) = (parse, valueName, description);
        CustomParser = result => Read(name, result.Tokens[0].Value, result, defaultValue);
        DefaultValueFactory = result => Variable is { } variable && Environment.GetValueOrDefault(variable) is { Length: > 0 } text
            ? Read(variable, text, result, defaultValue)
            : defaultValue;
    }

    /// <inheritdoc/>
    public string? Variable { get; init; }

    /// <inheritdoc/>
    public string? DefaultText { get; init; }

    /// <summary>Environment variables by name.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    private T Read(string origin, string text, ArgumentResult result, T defaultValue)
    {
        if (_parse(text, out var value, out var problem))
        {
            return value;
        }

        result.AddError($"{origin} is '{text}'; {problem}");
        return defaultValue;
    }
}

/// <summary>Reads an option's value from the command line or the environment.</summary>
/// <param name="text">As given.</param>
/// <param name="value">The value.</param>
/// <param name="problem">What was expected, as the end of a sentence that begins with what was found.</param>
internal delegate bool TextParser<T>(string text, out T value, out string problem);

/// <summary>Readers of common kinds of values.</summary>
internal static class TextParsers
{
    /// <summary>Any text but an empty one.</summary>
    public static bool Text(string text, out string? value, out string problem)
    {
        (value, problem) = (text, "expected a text.");
        return text.Length > 0;
    }
}

/// <summary>What help and the README say about an option beyond its name and description.</summary>
internal interface IDocumentedOption
{
    /// <summary>The environment variable that stands in for the option; <see langword="null"/> where there is none.</summary>
    string? Variable { get; }

    /// <summary>What holds when neither is given; <see langword="null"/> where nothing does.</summary>
    string? DefaultText { get; }
}

/// <summary>An option without a value.</summary>
internal sealed class ToolFlag : Option<bool>
{
    public ToolFlag(string name, string description, params string[] aliases)
        : base(name, aliases)
    {
        Description = description;
        Arity = ArgumentArity.Zero;
    }
}
