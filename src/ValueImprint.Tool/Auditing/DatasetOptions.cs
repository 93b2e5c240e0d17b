using System.CommandLine;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Datasets;
using ValueImprint.Tool.CommandLine;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Inputs;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Auditing;

/// <summary>Which files, and how their rows become texts.</summary>
internal sealed class DatasetOptions(ToolConsole console)
{
    private static readonly ShareBound _tolerance = ShareBound.TryParse("0.1%", out var share, out _) ? share : default;

    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "Dataset files, folders or patterns; - reads standard input",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly ToolOption<DatasetLayout?> _layout = new(
        "--layout", "NAME", $"How fields become texts: {DatasetLayout.ValidNames}", TryParseLayout, null)
    {
        Variable = "VALUEIMPRINT_LAYOUT", DefaultText = "told by the fields' names", Environment = console.Environment,
    };

    private readonly Option<string[]> _fields = new("--field")
    {
        HelpName = "PART=PATH",
        Description = $"Which field is which part, for any other layout; may be repeated. Parts: {FieldMapping.ValidParts}",
    };

    private readonly ToolOption<TextScope?> _scope = new(
        "--scope", string.Join('|', TextScopes.Names), "Scope of the texts of a layout with one text a row", TryParseScope, null)
    {
        DefaultText = "the layout's own",
    };

    private readonly ToolOption<Pairing> _pairs = new(
        "--pairs", "best-worst|adjacent|all", "Which pairs are made of several ranked answers", TryParsePairs, Pairing.BestWorst)
    {
        DefaultText = "best-worst",
    };

    private readonly ToolOption<ShareBound> _maxBadRows = new(
        "--max-bad-rows", "SHARE", "Largest share of rows that may be rejected", TryParseShare, _tolerance)
    {
        Variable = "VALUEIMPRINT_MAX_BAD_ROWS", DefaultText = "0.1%", Environment = console.Environment,
    };

    /// <summary>Adds argument and options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_files);
        verb.Add(_layout);
        verb.Add(_fields);
        verb.Add(_scope);
        verb.Add(_pairs);
        verb.Add(_maxBadRows);
        _layout.CompletionSources.Add([.. DatasetLayout.Known.Select(static layout => layout.Name)]);
    }

    /// <summary>The files, in the order of the command line.</summary>
    /// <exception cref="DatasetException">A name or pattern matches nothing.</exception>
    public IReadOnlyList<DatasetSource> Sources(ParseResult parse) =>
        [.. DatasetSource.Expand(parse.GetRequiredValue(_files)).Select(source =>
            source.Name == DatasetSource.StandardInputName ? DatasetSource.FromStream(source.Name, () => InputFile.TakeStandardInput(console)) : source)];

    /// <summary>How they are read.</summary>
    public DatasetReaderOptions Reading(ParseResult parse) => new() { Layout = Layout(parse), Scope = parse.GetValue(_scope), Pairs = parse.GetValue(_pairs) };

    /// <summary>Largest share of rows that may be rejected.</summary>
    public decimal MaxBadRows(ParseResult parse)
    {
        var share = parse.GetValue(_maxBadRows);
        return (decimal)share.Numerator / share.Denominator;
    }

    private DatasetLayout? Layout(ParseResult parse)
    {
        var layout = parse.GetValue(_layout);
        if (parse.GetValue(_fields) is not { Length: > 0 } fields)
        {
            return layout;
        }

        var problem = layout is not null ? "Give --layout or --field, not both." : null;
        return problem is null && FieldMapping.TryParse(fields, out var mapping, out problem)
            ? DatasetLayout.FromFields(mapping)
            : throw new ToolException(DiagnosticCatalogue.InvalidCommandLine, problem!); // Set whenever there is no mapping.
    }

    private static bool TryParsePairs(string text, out Pairing pairs, out string problem)
    {
        problem = "expected best-worst, adjacent or all.";
        var known = text.ToLowerInvariant() switch { "best-worst" => Pairing.BestWorst, "adjacent" => Pairing.Adjacent, "all" => Pairing.All, _ => (Pairing?)null };
        pairs = known ?? default;
        return known is not null;
    }

    private static bool TryParseShare(string text, out ShareBound share, out string problem)
    {
        problem = $"expected {ShareBound.Form}.";
        return ShareBound.TryParse(text, out share, out _);
    }

    private static bool TryParseLayout(string text, out DatasetLayout? layout, out string problem)
    {
        problem = $"expected one of {DatasetLayout.ValidNames}.{NearestWord.Hint(text, DatasetLayout.Known.Select(static known => known.Name))}";
        return DatasetLayout.TryParse(text, out layout);
    }

    private static bool TryParseScope(string text, out TextScope? scope, out string problem)
    {
        var isScope = TextScopes.TryParse(text, out var found);
        (scope, problem) = (found, $"expected one of {string.Join(", ", TextScopes.Names)}.{NearestWord.Hint(text, TextScopes.Names)}");
        return isScope;
    }
}
