using ValueImprint.Protocol.V1;

namespace ValueImprint.Client.Streaming;

/// <summary>What must not change over all the calls that one stream of texts may take.</summary>
internal sealed class StreamSession
{
    private readonly Lock _lock = new();
    private string? _modelHash;

    /// <param name="model">Name of the model.</param>
    /// <param name="expectedHash">The content hash that it must have; null: whichever it has at first.</param>
    /// <param name="abstainBelow">A threshold; null: the model's own.</param>
    public StreamSession(string model, string? expectedHash, float? abstainBelow = null)
    {
        _modelHash = expectedHash;
        Options = new ClassifyOptions { Model = model };
        if (abstainBelow is { } threshold)
        {
            Options.AbstainBelow = threshold;
        }
    }

    /// <summary>Goes with the first message of each call.</summary>
    public ClassifyOptions Options { get; }

    /// <exception cref="ClientException">Another model than the one before.</exception>
    public void CheckModel(ServerAddress server, string hash)
    {
        lock (_lock)
        {
            _modelHash ??= hash;
            if (hash != _modelHash)
            {
                throw new ClientException(
                    ClientFault.ModelChanged,
                    $"{server} answers with model {Start(hash)}, but the stream began with {Start(_modelHash)}: their results can't be counted "
                    + "together. Give all servers the same model, then run again.");
            }
        }
    }

    private static string Start(string hash) => hash.Length == 0 ? "(no hash)" : hash[..Math.Min(12, hash.Length)];
}
