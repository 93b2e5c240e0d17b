using ValueImprint.Client;
using ValueImprint.LocalServer;

namespace ValueImprint.MSBuild.Auditing;

/// <summary>The server of a build: a named one, or a local one that starts when the first text is to be classified.</summary>
internal sealed class ServerChoice(ClientOptions options, LocalServerOptions local, string tool, string model) : IDisposable
{
    private readonly bool _isLocal = options.Servers.Count == 0;

    // Made late: where nothing has changed, a build need not even load the gRPC client.
    private readonly Lazy<ClassifierClient> _client = new(() => options.Servers.Count == 0 ? LocalServerProcess.OpenClient(local, options) : new(options));

    // One for all plans of a build: files to hash, or a server to ask.
    private Task<string>? _modelIdentity;

    /// <summary>The client; nothing is connected or started before its first call.</summary>
    public ClassifierClient Client => _client.Value;

    /// <summary>Name of the model to ask for; empty: the server's default one.</summary>
    public string Model => model;

    /// <summary>Names the model that would answer. A local server need not run for it; a named one is asked.</summary>
    public Task<string> ModelIdentityAsync(CancellationToken ct) => _modelIdentity ??= FindModelIdentityAsync(ct);

    public void Dispose()
    {
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }
    }

    private async Task<string> FindModelIdentityAsync(CancellationToken ct) => _isLocal
        ? await LocalModelIdentity.ComputeAsync(tool, local.ModelFolder, ct).ConfigureAwait(false)
        : (await Client.GetModelAsync(model, ct).ConfigureAwait(false)).Facts.ContentHash;
}
