using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ValueImprint.Server.Configuration;
using ValueImprint.Server.Models;

namespace ValueImprint.Server.Hosting;

/// <summary>
/// When the host is asked to stop: the health state flips first, new calls are refused, the calls under way get
/// <see cref="ServerOptions.DrainTimeout"/>, and only then the listeners close.
/// </summary>
internal sealed class DrainOnStop(CallGate gate, ModelRegistry models, ServerOptions options, TimeProvider time, ILogger<DrainOnStop> logger)
    : IHostedLifecycleService
{
    // What a cancelled call takes to unwind, and then a connection to tell its client; after these nothing waits for anybody.
    internal static readonly TimeSpan Unwind = TimeSpan.FromMilliseconds(400);

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        var empty = gate.BeginDrain();
        Log.Draining(logger, gate.Active, options.DrainTimeout.TotalSeconds);
        if (!await CompletesAsync(empty, options.DrainTimeout, gate.Cut, cancellationToken))
        {
            Log.DrainCutCalls(logger, gate.Active, options.DrainTimeout.TotalSeconds);
        }

        gate.CutCalls();
        if (!await CompletesAsync(empty, Unwind, cancellationToken, CancellationToken.None))
        {
            Log.CallsDidNotEnd(logger, gate.Active);
        }

        gate.DisconnectAfter(Unwind);
        await models.DisposeAsync();
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        Log.Stopped(logger);
        return Task.CompletedTask;
    }

    private async Task<bool> CompletesAsync(Task task, TimeSpan within, CancellationToken first, CancellationToken second)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(first, second);
        try
        {
            await task.WaitAsync(within, time, either.Token);
            return true;
        }
        catch (Exception fault) when (fault is TimeoutException or OperationCanceledException)
        {
            return task.IsCompleted;
        }
    }
}

/// <summary>Ends a server that nobody has called for <see cref="ServerOptions.IdleTimeout"/>; health checks don't keep it alive.</summary>
internal sealed class IdleWatch(
    CallGate gate, ServerOptions options, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<IdleWatch> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.IdleTimeout == TimeSpan.Zero)
        {
            return;
        }

        TimeSpan askAgain;
        while (!gate.TryDrainWhenIdle(options.IdleTimeout, out askAgain))
        {
            await Task.Delay(askAgain, time, stoppingToken);
        }

        Log.Idle(logger, options.IdleTimeout.TotalSeconds);
        lifetime.StopOnceStarted();
    }
}

internal static class StopExtensions
{
    /// <summary>
    /// Stops the host, after its start if that is still going on: stopping in the middle of it would make the start fail, with a stack
    /// trace where there is nothing wrong.
    /// </summary>
    public static void StopOnceStarted(this IHostApplicationLifetime lifetime) => lifetime.ApplicationStarted.Register(lifetime.StopApplication);
}
