using ValueImprint.Tool;
using ValueImprint.Tool.Terminal;

using var signals = new TerminationSignals();
using var console = ToolConsole.OfProcess();
return (int)await CommandLineApplication.RunAsync(args, console, signals.Token);
