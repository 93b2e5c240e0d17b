using System.Globalization;

namespace ValueImprint.Tool.Terminal;

/// <summary>What one output stream can show.</summary>
/// <param name="IsTerminal">A person watches, so that lines may be redrawn.</param>
/// <param name="HasColor">Escape sequences for colours are welcome.</param>
/// <param name="HasUnicode">Box drawing characters and blocks are welcome; else plain ASCII.</param>
/// <param name="Width">Columns of a line.</param>
internal sealed record TerminalTraits(bool IsTerminal, bool HasColor, bool HasUnicode, int Width)
{
    /// <summary>Columns of a stream that is no terminal, unless <c>COLUMNS</c> says otherwise.</summary>
    public const int DefaultWidth = 100;

    private const int Narrowest = 40;
    private const int Widest = 400;

    /// <summary>By the conventions: <c>NO_COLOR</c>, <c>TERM=dumb</c>, the locale's character set, <c>COLUMNS</c>.</summary>
    /// <param name="isTerminal">The stream ends at a terminal.</param>
    /// <param name="windowWidth">The terminal's own width; 0 where it has none.</param>
    /// <param name="environment">Environment variables by name.</param>
    public static TerminalTraits Detect(bool isTerminal, int windowWidth, Func<string, string?> environment)
    {
        var isDumb = environment("TERM") == "dumb";
        var hasColor = isTerminal && !isDumb && string.IsNullOrEmpty(environment("NO_COLOR"));
        var columns = int.TryParse(environment("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 0;
        var width = isTerminal && windowWidth > 0 ? windowWidth : columns > 0 ? columns : DefaultWidth;
        return new TerminalTraits(isTerminal && !isDumb, hasColor, !isDumb && IsUnicodeLocale(environment), Math.Clamp(width, Narrowest, Widest));
    }

    // A container often sets no locale at all while everything that reads its output speaks UTF-8; only a stated other charset counts.
    private static bool IsUnicodeLocale(Func<string, string?> environment)
    {
        string[] variables = ["LC_ALL", "LC_CTYPE", "LANG"];
        var locale = variables.Select(environment).FirstOrDefault(static value => !string.IsNullOrEmpty(value));
        return locale is null
            || locale.Contains("UTF-8", StringComparison.OrdinalIgnoreCase)
            || locale.Contains("UTF8", StringComparison.OrdinalIgnoreCase);
    }
}
