using Microsoft.ML.OnnxRuntime;

namespace ValueImprint.Bench.Limit;

/// <summary>Ids and mask of a batch, used again from batch to batch.</summary>
internal sealed class LimitBuffers(int tokens)
{
    private readonly long[] _ids = GC.AllocateUninitializedArray<long>(tokens, pinned: true);
    private readonly long[] _mask = GC.AllocateUninitializedArray<long>(tokens, pinned: true);

    /// <summary>Writes rows, filled up to the longest.</summary>
    /// <returns>Its length.</returns>
    public int Fill(int[][] texts, ReadOnlySpan<int> rows, int padId)
    {
        var length = 0;
        foreach (var row in rows)
        {
            length = Math.Max(length, texts[row].Length);
        }

        for (var row = 0; row < rows.Length; row++)
        {
            var text = texts[rows[row]];
            var ids = _ids.AsSpan(row * length, length);
            var mask = _mask.AsSpan(row * length, length);
            for (var index = 0; index < text.Length; index++)
            {
                ids[index] = text[index];
            }

            ids[text.Length..].Fill(padId);
            mask[..text.Length].Fill(1);
            mask[text.Length..].Clear();
        }

        return length;
    }

    public OrtValue Ids(int rows, int length) => Wrap(_ids, rows, length);

    public OrtValue Mask(int rows, int length) => Wrap(_mask, rows, length);

    private static OrtValue Wrap(long[] buffer, int rows, int length) =>
        OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, buffer.AsMemory(0, rows * length), [rows, length]);
}
