using Microsoft.ML.OnnxRuntime;
using ValueImprint.Inference;
using ValueImprint.Inference.Models;
using ValueImprint.Inference.Tokenization;

namespace ValueImprint.Bench.Limit;

/// <summary>
/// The limit: nothing but ONNX Runtime in a loop. All texts are at hand, sorted by length over the whole set; no queue, no wire, nobody
/// who waits for an answer.
/// </summary>
internal sealed class LimitLoop : IDisposable
{
    private const int MostRows = 128;
    private static readonly string[] InputNames = ["input_ids", "attention_mask"];

    private readonly LimitSettings _settings;
    private readonly SessionOptions _options;
    private readonly InferenceSession _session;
    private readonly TextEncoder _encoder;
    private readonly string[] _outputNames;
    private readonly int _padId;

    public LimitLoop(ModelPackage package, LimitSettings settings)
    {
        _settings = settings;
        _options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            InterOpNumThreads = 1,
            IntraOpNumThreads = settings.OperatorThreads,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        _options.AddSessionConfigEntry("session.intra_op.allow_spinning", settings.Spins ? "1" : "0");
        _session = new InferenceSession(package.GraphFile, _options);
        _outputNames = [.. _session.OutputNames];
        _padId = package.Tokenizer.PadId;
        var model = package.Description;
        _encoder = new TextEncoder(
            package.Tokenizer, new TruncationRule(model.Truncation, model.MaxTokens - package.Tokenizer.FrameLength, model.HeadShare), new EngineOptions().ExactCountChars);
    }

    /// <summary>Tokenizes on all cores.</summary>
    public int[][] Encode(IReadOnlyList<string> texts)
    {
        var encoded = new int[texts.Count][];
        Parallel.For(0, texts.Count, index =>
        {
            var text = _encoder.Encode(texts[index]);
            encoded[index] = text.Ids.ToArray();
            text.Release();
        });
        return encoded;
    }

    /// <summary>Classifies texts.</summary>
    /// <returns>The index of the highest logit of each.</returns>
    public int[] Run(IReadOnlyList<string> texts) => Run(Encode(texts));

    /// <summary>Classifies texts that are tokenized already.</summary>
    public int[] Run(int[][] texts)
    {
        // The longest first, so that no core is left with a long batch at the end.
        var order = Enumerable.Range(0, texts.Length).OrderByDescending(index => texts[index].Length).ToArray();
        var batches = Cut(texts, order);
        var top = new int[texts.Length];
        var next = -1;
        if (_settings.Runs == 1)
        {
            Work();
        }
        else
        {
            var threads = Enumerable.Range(0, _settings.Runs).Select(_ => new Thread(Work)).ToArray();
            Array.ForEach(threads, static thread => thread.Start());
            Array.ForEach(threads, static thread => thread.Join());
        }

        return top;

        void Work()
        {
            var buffers = new LimitBuffers(Math.Max(_settings.BatchTokens, texts[order[0]].Length));
            using var run = new RunOptions();
            for (var index = Interlocked.Increment(ref next); index < batches.Count; index = Interlocked.Increment(ref next))
            {
                var rows = order.AsSpan(batches[index]);
                var length = buffers.Fill(texts, rows, _padId);
                using var ids = buffers.Ids(rows.Length, length);
                using var mask = buffers.Mask(rows.Length, length);
                using var outputs = _session.Run(run, InputNames, [ids, mask], _outputNames);
                ReadTop(outputs[0].GetTensorDataAsSpan<float>(), rows, top);
            }
        }
    }

    /// <summary>One text alone, without tokenizing.</summary>
    public void RunOne(int[] text) => Run([text]);

    public void Dispose()
    {
        _session.Dispose();
        _options.Dispose();
    }

    private List<Range> Cut(int[][] texts, int[] order)
    {
        List<Range> batches = [];
        for (var start = 0; start < order.Length;)
        {
            var rows = Math.Clamp(_settings.BatchTokens / texts[order[start]].Length, 1, MostRows);
            var end = Math.Min(start + rows, order.Length);
            batches.Add(start..end);
            start = end;
        }

        return batches;
    }

    private static void ReadTop(ReadOnlySpan<float> logits, ReadOnlySpan<int> rows, int[] top)
    {
        var labels = logits.Length / rows.Length;
        for (var row = 0; row < rows.Length; row++)
        {
            var own = logits.Slice(row * labels, labels);
            top[rows[row]] = own.IndexOf(System.Numerics.Tensors.TensorPrimitives.Max(own));
        }
    }
}
