using System.CommandLine;
using System.CommandLine.Parsing;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Tool.CommandLine;

/// <summary>What is wrong with a command line, in words that say what to type instead.</summary>
internal static class CommandLineFaults
{
    /// <summary>The faults; none where the verb can run.</summary>
    public static IReadOnlyList<Diagnostic> Find(ParseResult parse)
    {
        if (parse.Action?.ClearsParseErrors == true)
        {
            return [];
        }

        var command = parse.CommandResult.Command;
        var unknown = parse.UnmatchedTokens.Concat(OptionsTakenForArguments(parse)).FirstOrDefault();
        IEnumerable<string> messages = unknown is not null ? [Unknown(unknown.Split('=')[0], command)] : parse.Errors.Select(Message).Distinct();
        return [.. messages.Select(message => Fault(message, command))];
    }

    private static Diagnostic Fault(string message, Command command) =>
        Diagnostic.Error(DiagnosticCatalogue.InvalidCommandLine, default, $"{message} See '{HelpText.Path(command)} --help'.");

    private static string Message(ParseError error) => error.SymbolResult switch
    {
        ArgumentResult { Tokens.Count: 0 } missing => $"{missing.Argument.Name} is missing: {missing.Argument.Description}.",
        OptionResult { Tokens.Count: 0, Implicit: false } missing => $"{missing.Option.Name} needs a value: {missing.Option.HelpName}.",
        CommandResult { Command.Subcommands.Count: > 0 } => "A verb is missing.",
        _ => error.Message,
    };

    private static string Unknown(string token, Command command)
    {
        var isOption = token.StartsWith('-');
        var candidates = isOption ? Options(command) : command.Subcommands.Select(static verb => verb.Name);
        var kind = isOption ? "option" : command.Subcommands.Count > 0 ? "verb" : "argument";
        return $"'{token}' is no {kind} of {HelpText.Path(command)}.{Hint(token, [.. candidates])}";
    }

    private static string Hint(string token, string[] candidates) =>
        candidates.FirstOrDefault(candidate => token.Length > 2 && candidate.StartsWith(token, StringComparison.Ordinal)) is { } begun
            ? $" Did you mean '{begun}'?"
            : NearestWord.Hint(token, candidates);

    // A verb that takes any number of files would take a misspelt option for one of them.
    private static IEnumerable<string> OptionsTakenForArguments(ParseResult parse)
    {
        var plain = parse.Tokens.TakeWhile(static token => token.Type != TokenType.DoubleDash).Count(static token => token.Type == TokenType.Argument);
        var arguments = parse.Tokens.Where(static token => token.Type == TokenType.Argument).Take(plain).ToHashSet(ReferenceEqualityComparer.Instance);
        return parse.CommandResult.Command.Arguments
            .SelectMany(argument => parse.GetResult(argument)?.Tokens ?? [])
            .Where(token => token.Value.Length > 1 && token.Value[0] == '-' && arguments.Contains(token))
            .Select(static token => token.Value);
    }

    private static IEnumerable<string> Options(Command command) => command.Parents.OfType<Command>()
        .SelectMany(static parent => parent.Options.Where(static option => option.Recursive))
        .Concat(command.Options)
        .Select(static option => option.Name);
}
