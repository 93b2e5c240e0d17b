using System.CommandLine;
using ValueImprint.Inference.Models;
using ValueImprint.Tool.CommandLine;
using ValueImprint.Tool.Connections;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Models;
using ValueImprint.Tool.Output;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Verbs;

/// <summary><c>model inspect</c>.</summary>
internal sealed class ModelVerb : VerbGroup
{
    public ModelVerb(ToolConsole console)
        : base("model", "Looks into model packages") => Add(new ModelInspectVerb(console));
}

/// <summary><c>model inspect [FOLDER]</c>: checks a model package and shows what it is.</summary>
internal sealed class ModelInspectVerb : Verb
{
    private readonly Argument<string?> _folder = new("FOLDER")
    {
        Description = "A model package; without one the built-in model",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly ToolOption<string?> _variant;
    private readonly ToolOption<ResultFormat> _format;

    public ModelInspectVerb(ToolConsole console)
        : base("inspect", "Checks a model package and shows its card, figures and hashes", console)
    {
        _variant = VariantOption.Create(console);
        _format = FormatOption.Create(ResultFormat.Table, ResultFormat.Json);
        Add(_folder);
        Add(_variant);
        Add(_format);
        Examples =
        [
            ("valueimprint model inspect", "The built-in model"),
            ("valueimprint model inspect ./my-model --format json", "A package of your own, for a script"),
        ];
    }

    protected override Task<ExitCode> RunAsync(ParseResult parse, CancellationToken cancellation)
    {
        var package = ModelPackage.Load(parse.GetValue(_folder) ?? ModelPackage.DefaultFolder, parse.GetValue(_variant));
        if (parse.GetValue(_format) == ResultFormat.Json)
        {
            ModelJson.Write(package, Console.OutputStream());
        }
        else
        {
            ModelTables.Write(package, Console.Output, Console.OutputTraits);
        }

        return Task.FromResult(ExitCode.Pass);
    }
}
