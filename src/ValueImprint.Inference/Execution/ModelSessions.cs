using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using ValueImprint.Core.Imprints;
using ValueImprint.Inference.Models;

namespace ValueImprint.Inference.Execution;

/// <summary>
/// A graph's sessions. A batch that has the processor to itself runs on all threads. Batches that run side by side have some each: then no
/// thread waits for another within every operator, which costs a small model a good part of its time.
/// </summary>
/// <param name="alone">Runs on all threads.</param>
/// <param name="beside">Runs on its share of them; the same one where <paramref name="runs"/> is 1.</param>
/// <param name="runs">Batches that run side by side, from 1.</param>
internal sealed class ModelSessions(ModelSession alone, ModelSession beside, int runs) : IDisposable
{
    private int _running;
    private bool _isSplit = alone != beside;

    /// <summary>Batches that run side by side.</summary>
    public int Runs => runs;

    /// <summary>What a batch among others runs on; describes the graph for both.</summary>
    public ModelSession Beside => beside;

    /// <summary>What a batch runs on that has the processor to itself.</summary>
    public ModelSession Alone => _isSplit ? alone : beside;

    /// <summary>Gives up running lone batches differently: the graph's numbers depend on the threads.</summary>
    public void Merge()
    {
        _isSplit = false;
        alone.Dispose();
    }

    /// <summary>A batch begins; its session. To be followed by <see cref="Leave"/>.</summary>
    public ModelSession Enter() => Interlocked.Increment(ref _running) == 1 ? Alone : beside;

    public void Leave() => Interlocked.Decrement(ref _running);

    public void Dispose()
    {
        if (_isSplit)
        {
            alone.Dispose();
        }

        beside.Dispose();
    }
}

/// <summary>A package's graph in ONNX Runtime, and which of its inputs and outputs are there.</summary>
internal sealed class ModelSession : IDisposable
{
    private readonly SessionOptions _options;

    public ModelSession(ModelPackage package, SessionOptions options, string provider, GraphCache? cache)
    {
        _options = options;
        Provider = provider;
        Stance = package.Stance;
        LabelCount = package.Labels.LogitOfValue.Count;
        try
        {
            Session = cache is not null && GraphCache.IsWorthwhile(package)
                ? cache.Open(package, provider, options)
                : new InferenceSession(package.GraphFile, options);
        }
        catch (OnnxRuntimeException exception)
        {
            options.Dispose();
            throw new ModelPackageException(package.GraphFile, null, $"ONNX Runtime can't load it: {exception.Message}", exception);
        }

        HasTokenTypes = Session.InputMetadata.ContainsKey(GraphContract.TokenTypeIds);
        IsLogitsFloat16 = IsFloat16(GraphContract.Logits);
        IsStanceFloat16 = Stance is not null && IsFloat16(Stance.Output);
    }

    public InferenceSession Session { get; }

    /// <summary>Such as <c>CPUExecutionProvider</c>.</summary>
    public string Provider { get; }

    public bool HasTokenTypes { get; }

    public bool IsLogitsFloat16 { get; }

    public bool IsStanceFloat16 { get; }

    public int LabelCount { get; }

    public StanceHead? Stance { get; }

    public int StanceCount => Stance?.Labels.Count ?? 0;

    public void Dispose()
    {
        Session.Dispose();
        _options.Dispose();
    }

    private bool IsFloat16(string output) => Session.OutputMetadata[output].ElementDataType == TensorElementType.Float16;
}
