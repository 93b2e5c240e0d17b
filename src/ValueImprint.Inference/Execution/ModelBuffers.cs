using Microsoft.ML.OnnxRuntime;
using ValueImprint.Core.Imprints;
using ValueImprint.Inference.Models;
using ValueImprint.Inference.Scheduling;

namespace ValueImprint.Inference.Execution;

/// <summary>Pinned memory that a run reads its ids from and writes its logits to, reused from run to run.</summary>
internal sealed class ModelBuffers
{
    private readonly long _padId;
    private readonly long[] _ids;
    private readonly long[] _mask;
    private readonly long[] _types;
    private readonly OutputBuffer _labels;
    private readonly OutputBuffer? _stances;

    /// <param name="model">Whose inputs and outputs they are.</param>
    /// <param name="padId">The id that fills rows up.</param>
    /// <param name="limits">How large a batch may become.</param>
    /// <param name="leastRows">Rows that a run has at least.</param>
    public ModelBuffers(ModelSession model, long padId, BatchLimits limits, int leastRows)
    {
        _padId = padId;
        var rows = Math.Max(limits.Texts, leastRows);
        var tokens = Math.Max(limits.Tokens, limits.MaxTokens * leastRows);
        _ids = GC.AllocateUninitializedArray<long>(tokens, pinned: true);
        _mask = GC.AllocateUninitializedArray<long>(tokens, pinned: true);
        _types = GC.AllocateArray<long>(model.HasTokenTypes ? tokens : 0, pinned: true);
        _labels = new OutputBuffer(rows, model.LabelCount, model.IsLogitsFloat16);
        _stances = model.Stance is { } stance ? new OutputBuffer(rows, stance.Labels.Count, model.IsStanceFloat16) : null;
        InputNames = model.HasTokenTypes
            ? [GraphContract.InputIds, GraphContract.AttentionMask, GraphContract.TokenTypeIds]
            : [GraphContract.InputIds, GraphContract.AttentionMask];
        OutputNames = model.Stance is null ? [GraphContract.Logits] : [GraphContract.Logits, model.Stance.Output];
    }

    public string[] InputNames { get; }

    public string[] OutputNames { get; }

    /// <summary>Writes a text's ids.</summary>
    public void Fill(ReadOnlySpan<int> ids, int row, int paddedLength)
    {
        var start = row * paddedLength;
        var places = _ids.AsSpan(start, paddedLength);
        for (var index = 0; index < ids.Length; index++)
        {
            places[index] = ids[index];
        }

        places[ids.Length..].Fill(_padId);
        var mask = _mask.AsSpan(start, paddedLength);
        mask[..ids.Length].Fill(1);
        mask[ids.Length..].Clear();
    }

    /// <summary>The input of a name, <c>[rows, paddedLength]</c>; to be disposed of.</summary>
    public OrtValue Input(string name, int rows, int paddedLength)
    {
        var buffer = name switch
        {
            GraphContract.InputIds => _ids,
            GraphContract.AttentionMask => _mask,
            _ => _types,
        };
        return OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, buffer.AsMemory(0, rows * paddedLength), [rows, paddedLength]);
    }

    /// <summary>The output of a name, <c>[rows, columns]</c>; to be disposed of.</summary>
    public OrtValue Output(string name, int rows) => (name == GraphContract.Logits ? _labels : _stances!).Wrap(rows); // The other one is the stance head's.

    /// <summary>Reads the first rows' logits.</summary>
    public void CopyTo(LogitBuffer logits, int rows)
    {
        _labels.CopyTo(logits.AllLabels(rows));
        _stances?.CopyTo(logits.AllStances(rows));
    }
}
