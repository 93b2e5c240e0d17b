using ValueImprint.Client.FakeServer;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using ValueImprint.LocalServer;

// serve: a fake server with the command line of the real one, and faults on demand:
//   --listen unix:PATH --idle-timeout DURATION [--model FOLDER] [--fake-starts FILE] [--fake-fault FAULT] [--fake-crash-on WORD] [--fake-crash-once FILE COUNT]
// start: starts the local server, as one of several processes would, and prints its process number.
//   RUNFOLDER STARTSFILE
return args[0] switch
{
    "serve" => await ServeAsync(args[1..]),
    "start" => await StartAsync(args[1], args[2]),
    _ => throw new ArgumentException($"Unknown verb {args[0]}."),
};

static async Task<int> ServeAsync(string[] args)
{
    string? Option(string name, int behind = 1) => Array.IndexOf(args, name) is >= 0 and var index ? args[index + behind] : null;

    if (Option("--fake-starts") is { } starts)
    {
        await File.AppendAllTextAsync(starts, Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n");
    }

    var fault = Option("--fake-fault");
    Console.Error.WriteLine($"fake server, fault {fault ?? "none"}, idle timeout {Option("--idle-timeout")}");
    if (fault == "exit")
    {
        Console.Error.WriteLine("The model is missing.");
        return 3;
    }

    if (fault == "hang")
    {
        await Task.Delay(Timeout.Infinite);
    }

    var plan = new FaultPlan { UnavailableCalls = fault == "unready" ? int.MaxValue : 0 };
    var seen = 0;
    plan.OnText = (text, _) =>
    {
        var poison = Option("--fake-crash-on") is { } word && text.Contains(word, StringComparison.Ordinal);
        var once = Option("--fake-crash-once") is { } mark && !File.Exists(mark)
            && Interlocked.Increment(ref seen) > int.Parse(Option("--fake-crash-once", 2)!, CultureInfo.InvariantCulture);
        if (once)
        {
            File.WriteAllText(Option("--fake-crash-once")!, "");
        }

        if (poison || once)
        {
            Process.GetCurrentProcess().Kill();
        }
    };
    var ended = new TaskCompletionSource();
    using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
    {
        signal.Cancel = true;
        if (fault != "deaf")
        {
            ended.TrySetResult();
        }
    });
    await using var host = await FakeHost.StartAsync(plan, Option("--listen")!["unix:".Length..]);
    await ended.Task;
    return 0;
}

static async Task<int> StartAsync(string runFolder, string starts)
{
    var server = new LocalServerProcess(FakeCommand.Options(runFolder, ["--fake-starts", starts]));
    await server.StartAsync();
    var info = await server.FindAsync();
    Console.WriteLine(info!.Pid.ToString(CultureInfo.InvariantCulture));
    return 0;
}
