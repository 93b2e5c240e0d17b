using ValueImprint.Core.Imprints;
using ValueImprint.Inference.Tests.Support;
using ValueImprint.Inference.Tokenization;

namespace ValueImprint.Inference.Tests.Tokenization;

/// <summary>The tokenizer that trained the default model, in Python, and the one that serves it, here, must agree.</summary>
public sealed class TrainingTokenizerTests
{
    [Fact]
    public void Encode_AwkwardTexts_GivesIdsOfTheTrainingTokenizer()
    {
        var source = TokenizerFiles.Read(Path.Combine(AppContext.BaseDirectory, "models", "value-imprint-small"));
        using var encoder = new TextEncoder(source, new TruncationRule(TruncationStrategy.Head, 4096, 1), exactCountChars: 1 << 20);

        Assert.All(Fixture.Texts("tokenizer/byte-level-bpe.jsonl"), expected =>
            Assert.Equal([0, .. expected.Ids, 2], encoder.Encode(expected.Text).Ids.ToArray()));
    }
}
