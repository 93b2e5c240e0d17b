using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Datasets.Tests;

public sealed class RealDataTests
{
    [Theory]
    [InlineData("hh-rlhf/harmless-base.test.jsonl.gz", "hh-rlhf", 2019)]
    [InlineData("hh-rlhf/helpful-base.test.jsonl.gz", "hh-rlhf", 2095)]
    [InlineData("hh-rlhf/helpful-online.test.jsonl.gz", "hh-rlhf", 994)]
    [InlineData("hh-rlhf/helpful-rejection-sampled.test.jsonl.gz", "hh-rlhf", 2491)]
    [InlineData("dpo-demo/pairs.jsonl.gz", "dpo", 300)]
    [InlineData("qa-feedback/pairs.jsonl.gz", "dpo", 2374)]
    [InlineData("oasst/ranked_pairs.jsonl.gz", "dpo", 336)]
    [InlineData("oasst/responses.jsonl.gz", "prompt-response", 546)]
    [InlineData("counsel-chat/responses.jsonl.gz", "prompt-response", 1954)]
    [InlineData("alpaca-demo/responses.jsonl.gz", "prompt-response", 950)]
    [InlineData("davinci/responses.jsonl.gz", "prompt-response", 696)]
    [InlineData("valueeval23/validation.jsonl.gz", "text", 1896)]
    public async Task ReadAsync_RealFile_GivesEveryRow(string file, string layout, int rows)
    {
        var result = await ReadResult.OfFileAsync(RealData.Require(file));

        Assert.Equal(layout, result.Layout?.Layout.Name);
        Assert.Empty(result.Rejected);
        Assert.Equal(rows, result.Records.Count);
        Assert.All(result.Records, record => Assert.Equal(layout is "hh-rlhf" or "dpo", record.IsPair));
    }

    /// <summary>The annotated texts are what the classifier learns from: what is audited must be written the same way.</summary>
    [Theory]
    [InlineData("hh-rlhf/harmless-base.test.jsonl.gz")]
    [InlineData("hh-rlhf/helpful-online.test.jsonl.gz")]
    [InlineData("dpo-demo/pairs.jsonl.gz")]
    [InlineData("qa-feedback/pairs.jsonl.gz")]
    [InlineData("oasst/responses.jsonl.gz")]
    [InlineData("counsel-chat/responses.jsonl.gz")]
    [InlineData("alpaca-demo/responses.jsonl.gz")]
    [InlineData("davinci/responses.jsonl.gz")]
    public async Task ReadAsync_RealFile_WritesTextsAsTheAnnotatedOnes(string file)
    {
        var path = RealData.Require(file);
        var annotated = await ReadResult.OfFileAsync(RealData.Require("annotations/train.texts.jsonl.gz"));
        var byId = annotated.Records.ToDictionary(record => record.Id!, record => record.Texts[0].Text);

        var result = await ReadResult.OfFileAsync(path);

        var compared = 0;
        foreach (var record in result.Records)
        {
            foreach (var text in record.Texts)
            {
                var id = text.Scope == TextScope.Response ? record.Id! : $"{record.Id}#{text.Scope.ToString().ToLowerInvariant()}";
                if (byId.TryGetValue(id, out var expected))
                {
                    compared++;
                    Assert.True(text.Text == expected, $"{record}: differs from the annotated text.");
                }
            }
        }

        Assert.True(compared > 50, $"only {compared} texts were there to compare.");
    }
}
