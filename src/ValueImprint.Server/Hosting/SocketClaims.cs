using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace ValueImprint.Server.Hosting;

/// <summary>Takes the Unix sockets' paths before the listeners bind, and gives them back after these have closed.</summary>
internal sealed class SocketClaims(ServerOptions options, IConfiguration configuration) : IHostedLifecycleService, IDisposable
{
    private readonly List<UnixSocketClaim> _claims = [];

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (var path in ListenPlan.Addresses(options, configuration).Select(static address => address.SocketPath).OfType<string>())
        {
            _claims.Add(UnixSocketClaim.Take(path));
        }

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _claims.ForEach(static claim => claim.Dispose());
        _claims.Clear();
    }
}
