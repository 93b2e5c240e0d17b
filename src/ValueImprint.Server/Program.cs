using System.CommandLine;
using ValueImprint.Server;

var parse = ServerCommand.Parse(args);
if (ServerCommand.Faults(parse) is { Length: > 0 } faults)
{
    await Console.Error.WriteLineAsync(faults);
    return ServerProgram.UsageError;
}

return await parse.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
