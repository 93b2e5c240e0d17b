using Microsoft.ML.OnnxRuntime;
using ValueImprint.Inference.Scheduling;

namespace ValueImprint.Inference.Execution;

/// <summary>
/// The buffers' memory bound to the sessions' inputs and outputs, once for each shape: a run of a shape that was there before makes no
/// objects. For memory that the session reads where it lies; where it copied to a device, it would do so at the binding, not at the run.
/// Not safe for concurrent use.
/// </summary>
internal sealed class BoundShapes(ModelBuffers buffers) : IDisposable
{
    /// <summary>Most that are kept; all are let go when there would be more.</summary>
    public const int Most = 256;

    private readonly Dictionary<(ModelSession Session, int Rows, int PaddedLength), OrtIoBinding> _bindings = [];

    public int Count => _bindings.Count;

    public OrtIoBinding Of(ModelSession session, int rows, int paddedLength)
    {
        if (!_bindings.TryGetValue((session, rows, paddedLength), out var binding))
        {
            if (_bindings.Count == Most)
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
