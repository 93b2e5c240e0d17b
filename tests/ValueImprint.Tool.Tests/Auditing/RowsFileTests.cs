using ValueImprint.Tool.Auditing;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Tests.Running;

namespace ValueImprint.Tool.Tests.Auditing;

public sealed class RowsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task OpenAsync_ResumableTwiceAtOnce_TheSecondIsRefusedAndLeavesNothing()
    {
        await using var first = await RowsFile.OpenAsync(_folder["rows.jsonl"], isResumable: true, hasText: false);
        var before = _folder.Files.ToList();

        var fault = await Assert.ThrowsAsync<ToolException>(() => RowsFile.OpenAsync(_folder["rows.jsonl"], isResumable: true, hasText: false));

        Assert.Contains("Name another file for --rows", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, _folder.Files);
    }

    public void Dispose() => _folder.Dispose();
}
