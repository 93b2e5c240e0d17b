using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.ML.OnnxRuntime;
using ValueImprint.Core.Imprints;
using ValueImprint.Inference.Execution;
using ValueImprint.Inference.Models;
using ValueImprint.Inference.Tests.Support;
using ValueImprint.Inference.Tokenization;

namespace ValueImprint.Inference.Tests.Models;

/// <summary>A package that tools/training exported of a RoBERTa, against what PyTorch made of the same texts.</summary>
public sealed class ExportedPackageTests
{
    private static readonly EngineOptions Options = new() { Device = ExecutionDevice.Cpu, IntraOpThreads = 1 };

    [Theory]
    [InlineData("fp32", 1e-4)]
    [InlineData("fp16", 0.02)]
    [InlineData("int8", 0.25)]
    public void Run_Variant_GivesPyTorchsLogits(string variant, double tolerance)
    {
        var package = ModelPackage.Load(Fixture.Path("models/roberta-tiny"), variant);
        using var sessions = SessionFactory.Open(package, Options, NullLogger.Instance);
        var encoder = CreateEncoder(package);

        Assert.All(Fixture.Texts("models/roberta-tiny.expected.jsonl"), expected =>
        {
            var logits = Run(sessions.Beside, encoder.Encode(expected.Text).Ids.ToArray());

            Assert.All(expected.Logits!.Zip(logits), pair => Assert.Equal(pair.First, pair.Second, tolerance)); // The fixture is one of a model.
        });
    }

    [Fact]
    public void Encode_LongAndShortTexts_GivesWhatTheModelWasTrainedOn()
    {
        var encoder = CreateEncoder(ModelPackage.Load(Fixture.Path("models/roberta-tiny")));
        var texts = Fixture.Texts("models/roberta-tiny.expected.jsonl");

        Assert.All(texts, expected => Assert.Equal(expected.Ids, encoder.Encode(expected.Text).Ids.ToArray()));
        Assert.Contains(texts, text => encoder.Encode(text.Text).Truncation == TruncationStrategy.Head);
    }

    [Fact]
    public async Task StartAsync_DefaultVariant_ScoresAreThePackagesOwn()
    {
        var package = ModelPackage.Load(Fixture.Path("models/roberta-tiny"));
        await using var engine = await InferenceEngine.StartAsync(package, Options);
        using var lane = engine.OpenLane(LanePriority.Bulk);
        var texts = Fixture.Texts("models/roberta-tiny.expected.jsonl");

        var same = 0;
        foreach (var expected in texts)
        {
            var outcome = await (await lane.EnqueueAsync(expected.Text, default).Soon()).Soon();
            same += outcome.Top == Probabilities.Top(expected.Logits) ? 1 : 0; // The labels are in the taxonomy's order.
        }

        Assert.Equal("int8", engine.Model.Variant);
        Assert.InRange(same, texts.Count * 9 / 10, texts.Count);
    }

    private static TextEncoder CreateEncoder(ModelPackage package)
    {
        var model = package.Description;
        return new TextEncoder(package.Tokenizer, new TruncationRule(model.Truncation, model.MaxTokens - 2, model.HeadShare), exactCountChars: 1 << 20);
    }

    private static float[] Run(ModelSession model, int[] ids)
    {
        long[] shape = [1, ids.Length];
        using var input = OrtValue.CreateTensorValueFromMemory(ids.Select(static id => (long)id).ToArray(), shape);
        using var mask = OrtValue.CreateTensorValueFromMemory(Enumerable.Repeat(1L, ids.Length).ToArray(), shape);
        using var options = new RunOptions();
        using var outputs = model.Session.Run(options, [GraphContract.InputIds, GraphContract.AttentionMask], [input, mask], [GraphContract.Logits]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
