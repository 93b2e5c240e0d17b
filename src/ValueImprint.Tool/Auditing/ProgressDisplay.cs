using System.Globalization;
using Spectre.Console;
using ValueImprint.Auditing;
using ValueImprint.Client;
using ValueImprint.Tool.Tables;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Auditing;

/// <summary>A bar with rows, rate and time left while someone watches the terminal; nothing otherwise.</summary>
internal static class ProgressDisplay
{
    /// <summary>Runs an audit under the bar.</summary>
    public static Task<T> RunAsync<T>(ToolConsole console, Func<Action<AuditProgress>?, Task<T>> audit) =>
        console.ErrorTraits.IsTerminal && !console.IsQuiet ? RunShownAsync(console, audit) : audit(null);

    private static async Task<T> RunShownAsync<T>(ToolConsole console, Func<Action<AuditProgress>?, Task<T>> audit)
    {
        var terminal = CreateTerminal(console);
        var progress = new Progress(terminal) { AutoClear = true, HideCompleted = true };
        progress.Columns(new SpinnerColumn(), new ProgressBarColumn { Width = BarWidth(console.ErrorTraits) }, new TaskDescriptionColumn { Alignment = Justify.Left });
        return await progress.StartAsync(async context =>
        {
            var task = context.AddTask("starting", maxValue: 1);
            task.IsIndeterminate = true;
            using var talk = console.TalkThrough(line => terminal.WriteLine(line));
            return await audit(now => Show(task, now));
        });
    }

    private static void Show(ProgressTask task, AuditProgress now)
    {
        if (now.TotalBytes is > 0 and { } total)
        {
            task.IsIndeterminate = false;
            task.Value = (double)now.BytesRead / total;
        }

        task.Description = Markup.Escape(Describe(now));
    }

    /// <summary>Such as <c>12,300 rows · 1,204 texts/s · 0:41 left</c>.</summary>
    internal static string Describe(AuditProgress now)
    {
        var parts = new List<string> { Counted.Of(now.RowsRead, "row", "rows"), string.Create(CultureInfo.InvariantCulture, $"{now.TextsPerSecond:N0} texts/s") };
        if (now.Remaining is { } left)
        {
            parts.Add(left.TotalHours >= 1
                ? string.Create(CultureInfo.InvariantCulture, $"{(int)left.TotalHours}:{left.Minutes:00}:{left.Seconds:00} left")
                : string.Create(CultureInfo.InvariantCulture, $"{left.Minutes}:{left.Seconds:00} left"));
        }

        if (now.RowsRejected > 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{now.RowsRejected:N0} rejected"));
        }

        return string.Join(", ", parts);
    }

    private static int BarWidth(TerminalTraits traits) => Math.Clamp(traits.Width - 60, 10, 40);

    private static IAnsiConsole CreateTerminal(ToolConsole console)
    {
        var traits = console.ErrorTraits;
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = traits.HasColor ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(console.Error),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        terminal.Profile.Width = traits.Width;
        terminal.Profile.Capabilities.Unicode = traits.HasUnicode;
        return terminal;
    }
}
