using ValueImprint.Bench.Figures;

namespace ValueImprint.Bench.Parts;

/// <summary><c>valueimprint classify</c> from its start to its end: with no local server (one is started) and with a warm one.</summary>
internal static class StartupPart
{
    private const string Text = "Human: Should everyone have the right to vote? Assistant: Yes, people are equal.";

    public static async Task<IReadOnlyList<ResultRow>> RunAsync(BenchOptions options)
    {
        using var tool = new ToolProcess(options);
        var (cold, warm) = (new Series(), new Series());
        for (var round = -1; round < options.Rounds; round++)
        {
            await tool.TimeAsync("server", "stop");
            var first = await tool.TimeAsync("classify", Text);
            var second = await tool.TimeAsync("classify", Text);
            Progress.Say($"cold {first:0.00} s, warm {second:0.00} s");
            if (round >= 0)
            {
                cold.Add(first);
                warm.Add(second);
            }
        }

        return
        [
            ResultRow.AtMost("`valueimprint classify`, no server running", cold, "0.00", " s", 2),
            ResultRow.AtMost("`valueimprint classify`, server running", warm, "0.00", " s", 0.35),
        ];
    }
}
