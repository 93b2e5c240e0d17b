using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using ValueImprint.Core.Imprints;
using ValueImprint.Inference.Models;

namespace ValueImprint.Inference.Execution;

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
