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
    /// <param name="minRows">Rows that a run has at least.</param>
    public ModelBuffers(ModelSession model, long padId, BatchLimits limits, int minRows)
    {
        _padId = padId;
        var rows = Math.Max(limits.Texts, minRows);
        var tokens = Math.Max(limits.Tokens, limits.MaxTokens * minRows);
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

/// <summary>Pinned memory that the runtime writes one output into, single or half precision.</summary>
internal sealed class OutputBuffer(int rows, int columns, bool isFloat16)
{
    private readonly float[] _singles = GC.AllocateArray<float>(isFloat16 ? 0 : rows * columns, pinned: true);
    private readonly Float16[] _halves = GC.AllocateArray<Float16>(isFloat16 ? rows * columns : 0, pinned: true);

    public OrtValue Wrap(int count) => isFloat16
        ? OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _halves.AsMemory(0, count * columns), [count, columns])
        : OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _singles.AsMemory(0, count * columns), [count, columns]);

    public void CopyTo(Span<float> destination)
    {
        if (!isFloat16)
        {
            _singles.AsSpan(0, destination.Length).CopyTo(destination);
            return;
        }

        for (var index = 0; index < destination.Length; index++)
        {
            destination[index] = _halves[index].ToFloat();
        }
    }
}

/// <summary>What a model gives for the rows of a batch; reused from batch to batch.</summary>
/// <param name="rows">Most rows.</param>
/// <param name="labels">Logits of a row.</param>
/// <param name="stances">Stance logits of a row; 0 without a stance head.</param>
internal sealed class LogitBuffer(int rows, int labels, int stances)
{
    private readonly float[] _labels = new float[rows * labels];
    private readonly float[] _stances = new float[rows * stances];

    public int Rows => rows;

    /// <summary><c>[count, labels]</c></summary>
    public Span<float> AllLabels(int count) => _labels.AsSpan(0, count * labels);

    /// <summary><c>[count, stances]</c></summary>
    public Span<float> AllStances(int count) => _stances.AsSpan(0, count * stances);

    public Span<float> Labels(int row) => _labels.AsSpan(row * labels, labels);

    public Span<float> Stances(int row) => _stances.AsSpan(row * stances, stances);
}
