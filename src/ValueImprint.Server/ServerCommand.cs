using System.CommandLine;
using System.CommandLine.Parsing;
using Microsoft.Extensions.Configuration;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Server.Configuration;

namespace ValueImprint.Server;

/// <summary>The server's command line: on its own, or as a verb of another program.</summary>
public static class ServerCommand
{
    private const string ConfigSwitch = "--config";
    private const string SetSwitch = "--set";

    /// <summary>What the exit codes of <see cref="RunAsync"/> mean, for a help text.</summary>
    public const string ExitCodes =
        "Exit codes: 0 stopped as asked, 2 wrong options, 3 no model or an address that can't be had, 70 a fault of the server, 130 a second signal cut the drain short";

    /// <summary>New options of the server, for a command whose action calls <see cref="RunAsync"/>.</summary>
    public static IEnumerable<Option> Options() =>
    [
        .. ServerOption.All.Select(ToCommandLine),
        new Option<string[]>(ConfigSwitch)
        {
            HelpName = "FILE", Description = "A JSON file with sections ValueImprint, Kestrel and Logging; several allowed", Arity = ArgumentArity.OneOrMore,
        },
        new Option<string[]>(SetSwitch)
        {
            HelpName = "KEY=VALUE", Description = "A setting of these sections, such as Kestrel:Certificates:Default:Path=tls.crt; several allowed", Arity = ArgumentArity.OneOrMore,
        },
    ];

    // Texts, whatever the option's type: values are read in one place, whichever road they came.
    private static Option ToCommandLine(ServerOption option)
    {
        Option result = option.IsList
            ? new Option<string[]>(option.Switch) { Arity = ArgumentArity.OneOrMore }
            : new Option<string>(option.Switch) { Arity = option.IsFlag ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne };
        result.HelpName = option.IsFlag ? "[true|false]" : "VALUE";
        result.Description = $"{option.Description} [default: {option.DefaultText}] [env: {option.Variable}]";
        return result;
    }

    /// <summary>
    /// Runs a server until SIGTERM, SIGINT, <paramref name="cancellation"/> or its idle timeout; then drains. A second signal cuts the
    /// drain short. Says <c>listening on …</c> on stderr once it listens; it serves once its health says so.
    /// </summary>
    /// <param name="parse">Of a command that has <see cref="Options"/>, without errors.</param>
    /// <param name="logLevel">Least level of what is said on stderr; <see langword="null"/>: as the configuration has it.</param>
    /// <param name="cancellation">Asks for a drain, like a first signal.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static Task<int> RunAsync(ParseResult parse, string? logLevel, CancellationToken cancellation) =>
        ServerProgram.RunAsync(() => Configure(parse, logLevel), cancellation);

    /// <exception cref="ServerOptionsException">An unknown name in a file, in the environment or in <c>--set</c>.</exception>
    internal static IConfigurationRoot Configure(ParseResult parse, string? logLevel = null)
    {
        var given = parse.CommandResult.Children.OfType<OptionResult>().Where(static result => !result.Implicit)
            .ToDictionary(static result => result.Option.Name, static result => (IReadOnlyList<string>)[.. result.Tokens.Select(static token => token.Value)]);
        foreach (var flag in ServerOption.All.Where(option => option.IsFlag && given.TryGetValue(option.Switch, out var values) && values.Count == 0))
        {
            given[flag.Switch] = ["true"];
        }

        var settings = given.GetValueOrDefault(SetSwitch, []);
        return ServerConfiguration.Build(
            given.GetValueOrDefault(ConfigSwitch, []), logLevel is null ? settings : [.. settings, $"Logging:LogLevel:Default={logLevel}"], given);
    }

    /// <summary>The command line of a program that is a server and nothing else.</summary>
    internal static ParseResult Parse(IReadOnlyList<string> args)
    {
        var root = new RootCommand($"Classifies texts by the human values in them, over gRPC. {ExitCodes}.");
        foreach (var option in Options())
        {
            root.Add(option);
        }

        root.SetAction(static (parse, cancellation) => RunAsync(parse, logLevel: null, cancellation));
        return root.Parse(args, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
    }

    /// <summary>What is wrong with a command line, a line each; empty where it can run.</summary>
    internal static string Faults(ParseResult parse)
    {
        if (parse.Action?.ClearsParseErrors == true)
        {
            return "";
        }

        var known = parse.CommandResult.Command.Options.Select(static option => option.Name).ToList();
        var faults = parse.UnmatchedTokens.Count > 0
            ? parse.UnmatchedTokens.Take(1).Select(token => $"'{token.Split('=')[0]}' is no option.{NearestWord.Hint(token.Split('=')[0], known)} --help lists them all.")
            : parse.Errors.Select(static error => error.SymbolResult is OptionResult { Tokens.Count: 0 } missing ? $"{missing.Option.Name} needs a value." : error.Message);
        return string.Join(Environment.NewLine, faults.Distinct());
    }
}
