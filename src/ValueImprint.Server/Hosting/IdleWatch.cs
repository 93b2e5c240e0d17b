using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ValueImprint.Server.Hosting;

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
