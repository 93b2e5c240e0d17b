using ValueImprint.Server.Configuration;

namespace ValueImprint.Server.Models;

/// <summary>Loads the engines of a server's models, the default one first.</summary>
internal delegate IAsyncEnumerable<IModelEngine> EngineLoader(CancellationToken cancellation);

/// <summary>The hosted models by name.</summary>
internal sealed class ModelRegistry(EngineLoader load) : IAsyncDisposable
{
    private volatile HostedModel[] _models = [];

    public IReadOnlyList<HostedModel> All => _models;

    public IEnumerable<string> Names => _models.Select(static model => model.Name);

    /// <exception cref="ServerStartException">No model, or two of one name.</exception>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        await foreach (var engine in load(cancellation))
        {
            // Held at once, so that a later fault still disposes of it.
            var twin = _models.FirstOrDefault(model => model.Name == engine.Model.Name);
            _models = [.. _models, new HostedModel(engine, isDefault: _models.Length == 0)];
            if (twin is not null)
            {
                throw new ServerStartException($"Two model packages are named '{twin.Name}'; give one of them another 'name' in its valueimprint.json.");
            }
        }

        if (_models.Length == 0)
        {
            throw new ServerStartException("There is no model to host.");
        }
    }

    /// <summary>The model of that name, the default one for an empty name; <see langword="null"/>: there is none.</summary>
    public HostedModel? Find(string name) => name.Length == 0 ? _models[0] : Array.Find(_models, model => model.Name == name);

    public async ValueTask DisposeAsync()
    {
        foreach (var model in Interlocked.Exchange(ref _models, []))
        {
            await model.Engine.DisposeAsync();
        }
    }
}
