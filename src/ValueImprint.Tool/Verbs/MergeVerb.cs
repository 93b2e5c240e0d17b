using System.CommandLine;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Imprints;
using ValueImprint.Reports.Html;
using ValueImprint.Tool.CommandLine;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Inputs;
using ValueImprint.Tool.Output;
using ValueImprint.Tool.Tables;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Verbs;

/// <summary><c>merge IMPRINT…</c>: adds the imprints of shards up.</summary>
internal sealed class MergeVerb : Verb
{
    private readonly Argument<string[]> _imprints = new("IMPRINT")
    {
        Description = "Imprint files of different rows, of the same model and taxonomy",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly ToolOption<string?> _output = OutputOption.Create("The sum is written here instead of being shown as JSON");

    public MergeVerb(ToolConsole console)
        : base("merge", "Adds up the imprints of shards", console)
    {
        Add(_imprints);
        Add(_output);
        Details = "The sum is the imprint that one audit of all rows would have made. Order and grouping make no difference, and a unit that is added twice counts once.";
        Examples = [("valueimprint merge shard-*.imprint.json --output train.imprint.json", "After a sharded audit")];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parse, CancellationToken cancellation)
    {
        var paths = parse.GetRequiredValue(_imprints);
        var sum = ImprintFile.Read(paths[0], Console);
        foreach (var path in paths.Skip(1))
        {
            sum = Imprint.TryMerge(sum, ImprintFile.Read(path, Console), out var merged, out var problem)
                ? merged
                : throw new ToolException(DiagnosticCatalogue.IncompatibleImprints, problem, path);
        }

        if (parse.GetValue(_output) is { } output)
        {
            await using var file = ReplacedFile.Create(output);
            await file.CompleteAsync(ImprintWriter.ToBytes(sum), cancellation);
            Console.Note($"{output}: {Counted.Of(paths.Length, "imprint", "imprints")} added up to {Counted.Of(sum.Rows.Read, "row", "rows")}{(sum.Part is { } part ? $", {part}" : "")}.");
        }
        else
        {
            ImprintReport.Write(sum, ResultFormat.Json, Console);
        }

        return ExitCode.Pass;
    }
}
