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
    /// <param name="minRows">Rows that a run has at least; a smaller batch repeats its last one.</param>
    public OnnxBatchExecutor(ModelSessions sessions, PackageTokenizer tokenizer, BatchLimits limits, int minRows)
    {
        _sessions = sessions;
        _leastRows = minRows;
        _buffers = new ModelBuffers(sessions.Beside, tokenizer.PadId, limits, minRows);
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

/// <summary>Runs rows of one padded length through a model. Not safe for concurrent use.</summary>
internal interface IBatchExecutor
{
    /// <summary>Writes the logits of the texts' rows; throws when the run fails as a whole.</summary>
    void Execute(IReadOnlyList<PendingText> texts, int paddedLength, LogitBuffer logits);
}

/// <summary>
/// The buffers' memory bound to the sessions' inputs and outputs, once for each shape: a run of a shape that was there before makes no
/// objects. For memory that the session reads where it lies; where it copied to a device, it would do so at the binding, not at the run.
/// Not safe for concurrent use.
/// </summary>
internal sealed class BoundShapes(ModelBuffers buffers) : IDisposable
{
    /// <summary>Most that are kept; all are let go when there would be more.</summary>
    public const int MaxKept = 256;

    private readonly Dictionary<(ModelSession Session, int Rows, int PaddedLength), OrtIoBinding> _bindings = [];

    public int Count => _bindings.Count;

    public OrtIoBinding Of(ModelSession session, int rows, int paddedLength)
    {
        if (!_bindings.TryGetValue((session, rows, paddedLength), out var binding))
        {
            if (_bindings.Count == MaxKept)
            {
                Dispose();
            }

            binding = Bind(session, rows, paddedLength);
            _bindings.Add((session, rows, paddedLength), binding);
        }

        return binding;
    }

    public void Dispose()
    {
        foreach (var binding in _bindings.Values)
        {
            binding.Dispose();
        }

        _bindings.Clear();
    }

    // A binding has its own reference to what is bound, and the memory is pinned for good.
    private OrtIoBinding Bind(ModelSession session, int rows, int paddedLength)
    {
        var binding = session.Session.CreateIoBinding();
        try
        {
            foreach (var name in buffers.InputNames)
            {
                using var input = buffers.Input(name, rows, paddedLength);
                binding.BindInput(name, input);
            }

            foreach (var name in buffers.OutputNames)
            {
                using var output = buffers.Output(name, rows);
                binding.BindOutput(name, output);
            }

            return binding;
        }
        catch
        {
            binding.Dispose();
            throw;
        }
    }
}
