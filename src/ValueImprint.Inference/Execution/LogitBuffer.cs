using ValueImprint.Core.Imprints;

namespace ValueImprint.Inference.Execution;

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
