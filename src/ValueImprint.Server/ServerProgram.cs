using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ValueImprint.Server.Configuration;
using ValueImprint.Server.Hosting;

namespace ValueImprint.Server;

/// <summary>The server as a process: configuration in, exit code out.</summary>
internal static class ServerProgram
{
    /// <summary>Stopped as asked, after a drain.</summary>
    public const int Stopped = 0;

    /// <summary>An option is unknown, out of range or contradicts another one.</summary>
    public const int UsageError = 2;

    /// <summary>No model could be loaded, or an address is taken.</summary>
    public const int CouldNotServe = 3;

    /// <summary>A fault of the server itself.</summary>
    public const int InternalFault = 70;

    /// <summary>A second signal came during the drain: calls were cut off.</summary>
    public const int Forced = 130;

    /// <summary>See <see cref="ServerCommand.RunAsync"/>. The one boundary where what failed becomes a message and an exit code.</summary>
    public static async Task<int> RunAsync(Func<IConfigurationRoot> configure, CancellationToken cancellation)
    {
        try
        {
            var configuration = configure();
            await using var app = ServerHost.Build(ServerConfiguration.Read(configuration), configuration);
            return await RunAsync(app, cancellation);
        }
        catch (ServerOptionsException fault)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return UsageError;
        }
        catch (Exception fault) when (fault is ServerStartException or IOException)
        {
            // Kestrel says IOException where an address is in use or not this machine's.
            await Console.Error.WriteLineAsync(fault.Message);
            return CouldNotServe;
        }
        catch (Exception fault)
        {
            await Console.Error.WriteLineAsync($"The server failed: {fault}");
            return InternalFault;
        }
    }

    private static async Task<int> RunAsync(WebApplication app, CancellationToken cancellation)
    {
        var gate = app.Services.GetRequiredService<CallGate>();
        var signals = 0;
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        using var asked = cancellation.Register(app.Lifetime.StopOnceStarted);
        await app.StartAsync(CancellationToken.None);
        await app.WaitForShutdownAsync(CancellationToken.None);
        if (app.Services.GetRequiredService<ServerFault>().Value is { } fault)
        {
            ExceptionDispatchInfo.Throw(fault);
        }

        return Volatile.Read(ref signals) > 1 ? Forced : Stopped;

        void OnSignal(PosixSignalContext signal)
        {
            // The runtime would end the process otherwise, calls and all.
            signal.Cancel = true;
            if (Interlocked.Increment(ref signals) == 1)
            {
                app.Lifetime.StopOnceStarted();
            }
            else
            {
                gate.CutCalls();
            }
        }
    }
}
