namespace ValueImprint.Tool.Classifying;

/// <summary>A line of <c>classify - --format jsonl</c>: a text, or what is wrong with the line.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Id">The line's own name; <see langword="null"/> where it has none.</param>
/// <param name="Text">The text; <see langword="null"/> where there is a problem.</param>
/// <param name="Problem">What was found and expected; never the line itself.</param>
internal sealed record TextLine(long Number, string? Id, string? Text, string? Problem)
{
    private readonly TaskCompletionSource<TextAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What becomes of it.</summary>
    public Task<TextAnswer> Answer => _answer.Task;

    /// <summary>Says what became of it.</summary>
    public void Complete(TextAnswer answer) => _answer.TrySetResult(answer);
}
