using System.CommandLine;
using ValueImprint.Core;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.LocalServer;
using ValueImprint.Tool.CommandLine;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Connections;

/// <summary>Which model, and for the local server what it runs on.</summary>
internal sealed class ModelOptions(ToolConsole console)
{
    private static readonly string[] _devices = ["auto", "cpu", "cuda"];

    private readonly ToolOption<string?> _model = new(
        "--model", "MODEL", $"Built-in model ({string.Join(", ", BuiltInModels.Names)}) or folder of a package; with --server the name of one of its models", TextParsers.Text, null)
    {
        Variable = "VALUEIMPRINT_MODEL", DefaultText = $"{BuiltInModels.Default}, or the server's", Environment = console.Environment,
    };

    private readonly ToolOption<string> _device = new(
        "--device", string.Join('|', _devices), "What the local server runs the model on", TryParseDevice, _devices[0])
    {
        Variable = "VALUEIMPRINT_DEVICE", DefaultText = _devices[0], Environment = console.Environment,
    };

    private readonly ToolOption<string?> _variant = VariantOption.Create(console);

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_model);
        verb.Add(_device);
        verb.Add(_variant);
    }

    /// <summary>The model's name on a server; empty: its default one.</summary>
    public string Name(ParseResult parse) => parse.GetValue(_model) ?? "";

    /// <summary>Ends the verb where the command line says how a local server is to run, and none will.</summary>
    public void RefuseForNamedServer(ParseResult parse)
    {
        Option[] local = [_device, _variant];
        if (Array.Find(local, option => parse.GetResult(option) is { Implicit: false }) is { } given)
        {
            throw new ToolException(
                DiagnosticCatalogue.InvalidCommandLine, $"{given.Name} is about the local server, and another one is named by --server or its variable. Leave one of them out.");
        }
    }

    /// <summary>The local server with the model, device and graph of a command line.</summary>
    public LocalServerOptions LocalServer(ParseResult parse)
    {
        var device = parse.GetValue(_device) ?? _devices[0];
        return LocalServers.Options(console) with
        {
            ModelFolder = parse.GetValue(_model) is { } folder ? Existing(folder) : null,
            Arguments =
            [
                .. device == _devices[0] ? Array.Empty<string>() : ["--device", device],
                .. parse.GetValue(_variant) is { } variant ? ["--variant", variant] : Array.Empty<string>(),
            ],
        };
    }

    private static string Existing(string folder) => BuiltInModels.Find(folder, AppContext.BaseDirectory) ?? (Directory.Exists(folder) ? Path.GetFullPath(folder) : throw new ToolException(
        DiagnosticCatalogue.NoModel,
        $"There is no folder '{folder}'; expected a model package: a folder with config.json, a tokenizer and model.onnx. Built in are {string.Join(" and ", BuiltInModels.Names)}; without --model it is {BuiltInModels.Default}."));

    private static bool TryParseDevice(string text, out string device, out string problem)
    {
        (device, problem) = (text, $"expected one of {string.Join(", ", _devices)}.{NearestWord.Hint(text, _devices)}");
        return _devices.Contains(text);
    }
}

/// <summary><c>--variant</c>.</summary>
internal static class VariantOption
{
    public static ToolOption<string?> Create(ToolConsole console) =>
        new("--variant", "NAME", "Which graph of the package, such as int8", TextParsers.Text, null)
        {
            Variable = "VALUEIMPRINT_VARIANT",
            DefaultText = "the package's own",
            Environment = console.Environment,
        };
}
