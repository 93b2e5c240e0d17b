using System.CommandLine;
using System.Globalization;
using ValueImprint.Auditing.Checkpoints;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Estimation;
using ValueImprint.Reports.Html;
using ValueImprint.Tool.CommandLine;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Tables;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Auditing;

/// <summary>Where an audit keeps its state, and how often.</summary>
internal sealed class CheckpointOption(ToolConsole console)
{
    private const decimal ShortestSeconds = 0.1m;
    private const decimal LongestSeconds = 3600;

    private readonly ToolOption<string?> _file = new(
        "--checkpoint", "FILE", "Keep the state here, and go on from it when it is there: an audit that was killed loses no work; deleted at the end", TextParsers.Text, null);

    private readonly ToolOption<decimal> _interval = new(
        "--checkpoint-every", "SECONDS", "How often the state is kept, 0.1 to 3600", TryParseSeconds, 10)
    {
        DefaultText = "10",
    };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_file);
        verb.Add(_interval);
    }

    /// <summary>The file; <see langword="null"/>: none is named.</summary>
    public string? File(ParseResult parse) => parse.GetValue(_file);

    /// <summary>Ends the verb where only the interval is named.</summary>
    public void RefuseIntervalAlone(ParseResult parse)
    {
        if (File(parse) is null && parse.GetResult(_interval) is { Implicit: false })
        {
            throw new ToolException(DiagnosticCatalogue.InvalidCommandLine, "--checkpoint-every is about the file of --checkpoint; add --checkpoint FILE.");
        }
    }

    /// <summary>The options as the command line gives them; <see langword="null"/>: no state is kept.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="results">What goes on in step with the counts.</param>
    public CheckpointOptions? Read(ParseResult parse, IResumableResults? results) => File(parse) is not { } file ? null : new CheckpointOptions
    {
        Path = file,
        Interval = TimeSpan.FromSeconds((double)parse.GetValue(_interval)),
        Results = results,
        OnResume = done => console.Note($"{file}: goes on behind {Counted.Of(done, "row", "rows")}."),
    };

    private static bool TryParseSeconds(string text, out decimal seconds, out string problem)
    {
        problem = string.Create(CultureInfo.InvariantCulture, $"expected seconds from {ShortestSeconds} to {LongestSeconds}.");
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out seconds) && seconds is >= ShortestSeconds and <= LongestSeconds;
    }
}
