using System.Runtime.InteropServices;
using ValueImprint.Inference.Scheduling;
using ValueImprint.Inference.Tokenization;

namespace ValueImprint.Inference.Execution;

/// <summary>How many rows a run may have for a text's numbers not to depend on its company.</summary>
/// <param name="Min">Fewest rows; a smaller batch repeats its last one.</param>
/// <param name="Max">Most rows.</param>
internal readonly record struct RowRange(int Min, int Max);

/// <summary>
/// Finds out, with a few short runs, whether a row gets the same bits whatever runs beside it. Kernels for matrices may treat a single row
/// in a way of its own; graphs that quantize activations over the whole batch, as many exporters write them, give every company other
/// numbers. The first are never run with one row, the second never with more.
/// </summary>
internal static class BatchInvarianceProbe
{
    private static readonly int[] Lengths = [PaddedLength.Step, 2 * PaddedLength.Step];
    private static readonly int[] Rows = [1, 2, 3, 5];

    public static RowRange Run(ModelSession model, PackageTokenizer tokenizer, int maxTokens)
    {
        using var executor = ExecutorOf(model, tokenizer, maxTokens);
        var isAloneTheSame = true;
        foreach (var length in LengthsUpTo(maxTokens))
        {
            var bits = Rows.Select(rows => BitsOfFirst(executor, model, tokenizer, rows, length)).ToArray();
            if (bits.Skip(2).Any(some => !some.AsSpan().SequenceEqual(bits[1])))
            {
                return new RowRange(Min: 1, Max: 1);
            }

            isAloneTheSame &= bits[0].AsSpan().SequenceEqual(bits[1]);
        }

        return new RowRange(isAloneTheSame ? 1 : 2, int.MaxValue);
    }

    /// <summary>Whether two sessions of one graph, with other numbers of threads, give a row the same bits.</summary>
    public static bool Agree(ModelSession one, ModelSession other, PackageTokenizer tokenizer, int maxTokens)
    {
        using var first = ExecutorOf(one, tokenizer, maxTokens);
        using var second = ExecutorOf(other, tokenizer, maxTokens);
        return LengthsUpTo(maxTokens).All(length => Rows.All(rows =>
            BitsOfFirst(first, one, tokenizer, rows, length).AsSpan().SequenceEqual(BitsOfFirst(second, other, tokenizer, rows, length))));
    }

    private static IEnumerable<int> LengthsUpTo(int maxTokens) => Lengths.Select(length => Math.Min(length, maxTokens)).Distinct();

    private static OnnxBatchExecutor ExecutorOf(ModelSession model, PackageTokenizer tokenizer, int maxTokens) => new(
        new ModelSessions(model, model, runs: 1), tokenizer, new BatchLimits(Rows[^1], Rows[^1] * Lengths[^1], maxTokens), minRows: 1);

    // The first text is the last row, and its company differs from run to run.
    private static byte[] BitsOfFirst(OnnxBatchExecutor executor, ModelSession model, PackageTokenizer tokenizer, int rows, int length)
    {
        var texts = new PendingText[rows];
        for (var row = 0; row < rows; row++)
        {
            var isFirst = row == rows - 1;
            texts[row] = SyntheticText.Create(tokenizer, seed: isFirst ? 0 : (rows * 100) + row + 1, isFirst ? length - 1 : length - (row % 4));
        }

        var logits = new LogitBuffer(rows, model.LabelCount, model.StanceCount);
        executor.Execute(texts, length, logits);
        foreach (var text in texts)
        {
            text.Release();
        }

        return [.. MemoryMarshal.AsBytes(logits.Labels(rows - 1)), .. MemoryMarshal.AsBytes(logits.Stances(rows - 1))];
    }
}
