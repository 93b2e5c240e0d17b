using ValueImprint.Protocol.V1;

namespace ValueImprint.Client.Streaming;

/// <summary>What must not change over all the calls that one stream of texts may take.</summary>
internal sealed class StreamSession
{
    private readonly Lock _lock = new();
    private string? _modelHash;

    public StreamSession(ClassifyStreamOptions options)
    {
        _modelHash = options.ExpectedModelHash;
        Options = new ClassifyOptions { Model = options.Model };
        if (options.TopK is { } topK)
        {
            Options.TopK = topK;
        }

        if (options.AbstainBelow is { } threshold)
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

    /// <exception cref="ClientException">The result says nothing.</exception>
    public static void CheckResult(ServerAddress server, TextResult result)
    {
        if (result.OutcomeCase is TextResult.OutcomeOneofCase.None)
        {
            throw new ClientException(
                ClientFault.ContractBroken, $"{server} gave a result with neither classification nor error; use a server of the same version.");
        }
    }

    private static string Start(string hash) => hash.Length == 0 ? "(no hash)" : hash[..Math.Min(12, hash.Length)];
}
