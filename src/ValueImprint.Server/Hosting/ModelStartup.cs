using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ValueImprint.Server.Configuration;
using ValueImprint.Server.Models;
using ValueImprint.Server.Security;

namespace ValueImprint.Server.Hosting;

/// <summary>Loads the models while the server already listens, then opens the gate; a model that won't load ends the server.</summary>
internal sealed class ModelStartup(
    ModelRegistry models,
    CallGate gate,
    IServer server,
    ServerOptions options,
    IConfiguration configuration,
    IHostApplicationLifetime lifetime,
    ServerFault startFault,
    ILogger<ModelStartup> logger) : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _loading = Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Off this thread, so that the listeners bind meanwhile.
        _loading = Task.Run(LoadAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        Log.Listening(logger, string.Join(", ", Addresses()));
        if (options is { AcceptTokens: null, ClientAuthorities: null } && configuration["Kestrel:EndpointDefaults:ClientCertificateMode"] is null)
        {
            foreach (var address in ListenPlan.Addresses(options, configuration).Where(static address => address.IsBeyondLoopback))
            {
                Log.OpenToEveryone(logger, address.Text);
            }
        }

        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _loading.WaitAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // A start that failed never comes to StoppingAsync.
    public void Dispose() => _stop.Cancel();

    private async Task LoadAsync()
    {
        try
        {
            await models.LoadAsync(_stop.Token);
            gate.Open();
            Log.Serving(logger, string.Join(", ", models.Names));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Asked to stop before the models were there.
        }
        catch (Exception fault)
        {
            startFault.Set(fault);
            lifetime.StopOnceStarted();
        }
    }

    private IEnumerable<string> Addresses() =>
        (server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []).Select(static address =>
            address.StartsWith("http://unix:", StringComparison.Ordinal) ? address["http://".Length..] : address);
}

/// <summary>Why the server could not go on, for the one who started it; the first fault counts.</summary>
internal sealed class ServerFault
{
    private Exception? _fault;

    public Exception? Value => Volatile.Read(ref _fault);

    public void Set(Exception fault) => Interlocked.CompareExchange(ref _fault, fault, null);
}
