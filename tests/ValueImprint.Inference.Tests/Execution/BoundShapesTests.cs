using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.ML.OnnxRuntime;
using ValueImprint.Inference.Execution;
using ValueImprint.Inference.Scheduling;
using ValueImprint.Inference.Tests.Support;
using ValueImprint.Inference.Tokenization;

namespace ValueImprint.Inference.Tests.Execution;

public sealed class BoundShapesTests : IDisposable
{
    private readonly PackageFolder _package = new(TinyGraphs.Transformer(ByteLevelVocabulary.English.Vocabulary.Count, 64, 7));
    private readonly ModelSessions _sessions;
    private readonly ModelBuffers _buffers;

    public BoundShapesTests()
    {
        _sessions = SessionFactory.Open(
            _package.Load(), new EngineOptions { Device = ExecutionDevice.Cpu, IntraOpThreads = 1 }, NullLogger.Instance);
        _buffers = new ModelBuffers(_sessions.Beside, padId: 1, new BatchLimits(300, 4800, 64), minRows: 1);
    }

    [Fact]
    public void Of_ShapeSeenBefore_GivesTheSameBinding()
    {
        using var sut = new BoundShapes(_buffers);

        var binding = sut.Of(_sessions.Beside, 2, 8);

        Assert.Same(binding, sut.Of(_sessions.Beside, 2, 8));
        Assert.NotSame(binding, sut.Of(_sessions.Beside, 2, 16));
        Assert.NotSame(binding, sut.Of(_sessions.Beside, 3, 8));
    }

    [Fact]
    public void Of_MoreShapesThanMost_KeepsNoMoreAndRunsAllTheSame()
    {
        using var sut = new BoundShapes(_buffers);
        var logits = new LogitBuffer(300, 7, 0);
        using var options = new RunOptions();
        for (var row = 0; row < 300; row++)
        {
            _buffers.Fill([0, 5 + (row % 9), 2], row, 8);
        }

        for (var rows = 1; rows <= BoundShapes.MaxKept + 10; rows++)
        {
            _sessions.Beside.Session.RunWithBinding(options, sut.Of(_sessions.Beside, rows, 8));
            _buffers.CopyTo(logits, rows);
            Assert.InRange(sut.Count, 1, BoundShapes.MaxKept);
            Assert.Equal(logits.Labels((rows - 1) % 9).ToArray(), logits.Labels(rows - 1).ToArray());
        }
    }

    public void Dispose()
    {
        _sessions.Dispose();
        _package.Dispose();
    }
}
