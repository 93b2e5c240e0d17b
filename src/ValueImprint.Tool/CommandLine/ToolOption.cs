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
