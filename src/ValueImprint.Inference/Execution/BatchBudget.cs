using System.Diagnostics;
using ValueImprint.Inference.Scheduling;
using ValueImprint.Inference.Tokenization;

namespace ValueImprint.Inference.Execution;

/// <summary>Finds the tokens that a batch should have: where more of them no longer make the model faster.</summary>
internal static class BatchBudget
{
    private const int Length = 64;
    private const int MinTokens = 256;

    // Up to here doubling pays on any device; what a busy machine measures must not keep the batches small.
    private const int Assured = 1024;

    // A batch that takes longer keeps an interactive text waiting.
    private static readonly TimeSpan LongestBatch = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestMeasuring = TimeSpan.FromMilliseconds(400);

    // Doubling must save at least this share of the time a token takes.
    private const double WorthwhileGain = 0.04;

    /// <summary>Runs batches of doubling size until that gains nothing, or takes too long.</summary>
    /// <param name="model">The session.</param>
    /// <param name="tokenizer">Whose ids to run.</param>
    /// <param name="maxTexts">Most rows of a batch.</param>
    /// <param name="maxTokens">The model's limit for one row.</param>
    public static int Measure(ModelSession model, PackageTokenizer tokenizer, int maxTexts, int maxTokens)
    {
        var most = model.Provider == SessionFactory.CudaProvider ? 1 << 16 : 1 << 13;
        var length = PaddedLength.Of(Math.Min(Length, maxTokens), maxTokens);
        var clock = Stopwatch.StartNew();
        var budget = Math.Max(MinTokens, length);
        var timeOfToken = double.PositiveInfinity;
        for (var tokens = budget; tokens <= most && tokens / length <= maxTexts && clock.Elapsed < LongestMeasuring; tokens *= 2)
        {
            var time = TimeOf(model, tokenizer, tokens / length, length, maxTokens);
            var measured = time.TotalSeconds / tokens;
            var gainsNothing = tokens > Assured && measured > timeOfToken * (1 - WorthwhileGain);
            if (gainsNothing || (time > LongestBatch && tokens > MinTokens))
            {
                break;
            }

            (budget, timeOfToken) = (tokens, measured);
        }

        return budget;
    }

    // The faster of two runs; what else the machine did meanwhile only ever adds.
    private static TimeSpan TimeOf(ModelSession model, PackageTokenizer tokenizer, int rows, int length, int maxTokens)
    {
        using var executor = new OnnxBatchExecutor(
            new ModelSessions(model, model, runs: 1), tokenizer, new BatchLimits(rows, rows * length, maxTokens), minRows: 1);
        var logits = new LogitBuffer(rows, model.LabelCount, model.StanceCount);
        var texts = Enumerable.Range(0, rows).Select(row => SyntheticText.Create(tokenizer, row, length)).ToArray();
        var fastest = TimeSpan.MaxValue;
        for (var run = 0; run < 2; run++)
        {
            var began = Stopwatch.GetTimestamp();
            executor.Execute(texts, length, logits);
            var time = Stopwatch.GetElapsedTime(began);
            fastest = time < fastest ? time : fastest;
        }

        foreach (var text in texts)
        {
            text.Release();
        }

        return fastest;
    }
}
