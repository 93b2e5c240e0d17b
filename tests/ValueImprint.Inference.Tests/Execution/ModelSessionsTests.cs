using Microsoft.Extensions.Logging.Abstractions;
using ValueImprint.Inference.Execution;
using ValueImprint.Inference.Models;
using ValueImprint.Inference.Tests.Support;
using ValueImprint.Inference.Tokenization;

namespace ValueImprint.Inference.Tests.Execution;

public sealed class ModelSessionsTests
{
    [Fact]
    public void Enter_NothingElseRuns_GivesTheSessionWithAllThreads()
    {
        using var package = new PackageFolder(TinyGraphs.Transformer(ByteLevelVocabulary.English.Vocabulary.Count, 64, 7));
        using var sut = Open(package, threads: 2);

        Assert.Same(sut.Alone, sut.Enter());
        sut.Leave();
        Assert.Same(sut.Alone, sut.Enter());
        Assert.NotSame(sut.Alone, sut.Beside);
    }

    [Fact]
    public void Enter_AnotherBatchRuns_GivesTheSharedSession()
    {
        using var package = new PackageFolder(TinyGraphs.Transformer(ByteLevelVocabulary.English.Vocabulary.Count, 64, 7));
        using var sut = Open(package, threads: 2);
        sut.Enter();

        Assert.Same(sut.Beside, sut.Enter());
        Assert.Equal(2, sut.Runs);
    }

    [Fact]
    public void Merge_NumbersDependOnThreads_LeavesOneSession()
    {
        using var package = new PackageFolder(TinyGraphs.Transformer(ByteLevelVocabulary.English.Vocabulary.Count, 64, 7));
        using var sut = Open(package, threads: 2);

        sut.Merge();

        Assert.Same(sut.Beside, sut.Enter());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    [InlineData(32, 8)]
    public void Open_SomeThreads_RunsNoMoreBatchesThanThreadsAndEight(int threads, int expected)
    {
        using var package = new PackageFolder(TinyGraphs.Transformer(ByteLevelVocabulary.English.Vocabulary.Count, 64, 7));
        using var sut = Open(package, threads);

        Assert.Equal(expected, sut.Runs);
    }

    private static ModelSessions Open(PackageFolder package, int threads) => SessionFactory.Open(
        ModelPackage.Load(package.Path), new EngineOptions { Device = ExecutionDevice.Cpu, IntraOpThreads = threads }, NullLogger.Instance);
}
