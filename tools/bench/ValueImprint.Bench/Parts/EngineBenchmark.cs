using ValueImprint.Core.Imprints;
using BenchmarkDotNet.Attributes;
using Google.Protobuf;
using ValueImprint.Inference;
using ValueImprint.Inference.Models;
using ValueImprint.Protocol.Mapping;
using ValueImprint.Server.Models;

namespace ValueImprint.Bench.Parts;

/// <summary>Texts through a bulk lane of an engine, as a stream's call sends them: a window's worth under way.</summary>
public class EngineBenchmark
{
    /// <summary>Texts of one invocation.</summary>
    public const int Texts = 256;

    private readonly ValueTask<TextOutcome>[] _outcomes = new ValueTask<TextOutcome>[Texts];
    private InferenceEngine _engine = null!; // Set by Start.
    private EngineLane _lane = null!; // Set by Start.

    /// <summary>The texts.</summary>
    public static IReadOnlyList<string> Sample { get; set; } = [];

    /// <summary>Mean bytes of a text's reply on the wire.</summary>
    public static double ReplyBytes { get; private set; }

    /// <summary>Loads the default model.</summary>
    [GlobalSetup]
    public void Start()
    {
        _engine = InferenceEngine.StartAsync(ModelPackage.Load(BenchOptions.Model), new EngineOptions()).GetAwaiter().GetResult();
        _lane = _engine.OpenLane(LanePriority.Bulk);
        var values = _engine.Model.Taxonomy.Values.Select(static value => value.Id).ToArray();
        ReplyBytes = Classify().GetAwaiter().GetResult().Average(outcome => (double)outcome.ToMessage("", values, topK: 0).CalculateSize());
    }

    /// <summary>Unloads it.</summary>
    [GlobalCleanup]
    public void Stop()
    {
        _lane.Dispose();
        _engine.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Classifies all texts.</summary>
    [Benchmark(OperationsPerInvoke = Texts)]
    public async Task<int> Run()
    {
        var answered = 0;
        for (var index = 0; index < Texts; index++)
        {
            _outcomes[index] = await _lane.EnqueueAsync(Sample[index % Sample.Count], default);
        }

        foreach (var outcome in _outcomes)
        {
            answered += (await outcome).Fault is null ? 1 : 0;
        }

        return answered;
    }

    private async Task<List<TextOutcome>> Classify()
    {
        List<TextOutcome> outcomes = [];
        foreach (var text in Sample)
        {
            outcomes.Add(await await _lane.EnqueueAsync(text, default));
        }

        return outcomes;
    }
}
