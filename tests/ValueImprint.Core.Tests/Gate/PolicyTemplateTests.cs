using System.Globalization;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Core.Tests.Imprints;

namespace ValueImprint.Core.Tests.Gate;

public sealed class PolicyTemplateTests
{
    [Fact]
    public void TryWrite_AnyImprint_GivesAPolicyThatItPasses()
    {
        const int seed = 9;
        var random = new Random(seed);
        var written = 0;
        for (var round = 0; round < 150; round++)
        {
            var imprint = RandomRows.Imprint(random, round % 2 == 0 ? ProblemType.SingleLabel : ProblemType.MultiLabel);
            using var writer = new StringWriter(CultureInfo.CurrentCulture);
            if (!PolicyTemplate.TryWrite(imprint, "a.imprint.json", writer, out _))
            {
                continue;
            }

            written++;
            var result = GateEvaluator.Judge(imprint, Policies.Read(writer.ToString()));
            Assert.True(result.Verdict == Verdict.Pass, $"Seed {seed}, round {round}: {string.Join('\n', result.Diagnostics)}\n{writer}");
        }

        Assert.True(written > 100, "Too few imprints had anything to ask for.");
    }

    [Fact]
    public void TryWrite_RareValue_StillAsksForSome()
    {
        using var writer = new StringWriter(CultureInfo.CurrentCulture);
        var imprint = SampleImprints.Of(1, 20_000);

        Assert.True(PolicyTemplate.TryWrite(imprint, "a.imprint.json", writer, out _));

        Assert.Contains("minimum: 0.0008%", writer.ToString(), StringComparison.Ordinal);
        Assert.Equal(Verdict.Pass, GateEvaluator.Judge(imprint, Policies.Read(writer.ToString())).Verdict);
    }

    [Fact]
    public void TryWrite_Pairs_AsksOfTheChosenOnly()
    {
        var builder = SampleImprints.Builder();
        builder.AddRow(0, [SampleImprints.Text(TextScope.Chosen, SampleImprints.Justice), SampleImprints.Text(TextScope.Rejected, SampleImprints.Duty)]);
        using var writer = new StringWriter(CultureInfo.CurrentCulture);

        Assert.True(PolicyTemplate.TryWrite(builder.Build(SampleImprints.Run), "a.imprint.json", writer, out _));

        Assert.All(Policies.Read(writer.ToString()).Coverage, static rule => Assert.Equal(TextScope.Chosen, rule.Scope));
    }

    [Fact]
    public void TryWrite_NothingClassified_SaysSo()
    {
        using var writer = new StringWriter(CultureInfo.CurrentCulture);

        Assert.False(PolicyTemplate.TryWrite(Imprint.Empty(SampleImprints.Model, SampleImprints.Seven), "a.imprint.json", writer, out var problem));

        Assert.Equal(DiagnosticCatalogue.NothingToJudge, problem.Code);
        Assert.Empty(writer.ToString());
    }
}
