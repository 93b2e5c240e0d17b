using Microsoft.ML.OnnxRuntime;
using ValueImprint.Inference.Scheduling;
using ValueImprint.Inference.Tokenization;

namespace ValueImprint.Inference.Execution;

/// <summary>Runs batches through ONNX Runtime: ids go straight into pinned buffers, and the runtime writes into pinned ones.</summary>
internal sealed class OnnxBatchExecutor : IBatchExecutor, IDisposable
{
    private readonly ModelSessions _sessions;
    private readonly int _leastRows;
    private readonly RunOptions _runOptions = new();
    private readonly ModelBuffers _buffers;
    private readonly BoundShapes _shapes;
    private readonly OrtValue[] _inputs;
    private readonly OrtValue[] _outputs;

    /// <param name="sessions">What to run on.</param>
    /// <param name="tokenizer">Gives the id that fills rows up.</param>
    /// <param name="limits">How large a batch may become.</param>
    /// <param name="leastRows">Rows that a run has at least; a smaller batch repeats its last one.</param>
    public OnnxBatchExecutor(ModelSessions sessions, PackageTokenizer tokenizer, BatchLimits limits, int leastRows)
    {
        _sessions = sessions;
        _leastRows = leastRows;
        _buffers = new ModelBuffers(sessions.Beside, tokenizer.PadId, limits, leastRows);
        _shapes = new BoundShapes(_buffers);
        _inputs = new OrtValue[_buffers.InputNames.Length];
        _outputs = new OrtValue[_buffers.OutputNames.Length];
    }

    public void Execute(IReadOnlyList<PendingText> texts, int paddedLength, LogitBuffer logits)
    {
        var rows = Math.Max(texts.Count, _leastRows);
        for (var row = 0; row < rows; row++)
        {
            _buffers.Fill(texts[Math.Min(row, texts.Count - 1)].Encoded.Ids, row, paddedLength);
        }

        var session = _sessions.Enter();
        try
        {
            if (session.Provider == SessionFactory.CpuProvider)
            {
                session.Session.RunWithBinding(_runOptions, _shapes.Of(session, rows, paddedLength));
            }
            else
            {
                RunUnbound(session, rows, paddedLength);
            }
        }
        finally
        {
            _sessions.Leave();
        }

        _buffers.CopyTo(logits, texts.Count);
    }

    public void Dispose()
    {
        _shapes.Dispose();
        _runOptions.Dispose();
    }

    private void RunUnbound(ModelSession session, int rows, int paddedLength)
    {
        try
        {
            for (var index = 0; index < _inputs.Length; index++)
            {
                _inputs[index] = _buffers.Input(_buffers.InputNames[index], rows, paddedLength);
            }

            for (var index = 0; index < _outputs.Length; index++)
            {
                _outputs[index] = _buffers.Output(_buffers.OutputNames[index], rows);
            }

            session.Session.Run(_runOptions, _buffers.InputNames, _inputs, _buffers.OutputNames, _outputs);
        }
        finally
        {
            Release(_inputs);
            Release(_outputs);
        }
    }

    private static void Release(OrtValue?[] values)
    {
        foreach (var value in values)
        {
            value?.Dispose();
        }

        Array.Clear(values);
    }
}
