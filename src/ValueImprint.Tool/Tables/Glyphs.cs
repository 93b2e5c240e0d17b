using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Tables;

/// <summary>The characters of tables, in Unicode or in ASCII.</summary>
internal sealed record Glyphs(string Range, string Separator, string Pass, string Warn, string Fail, string Unknown, string Dash)
{
    private const string Eighths = "▏▎▍▌▋▊▉█";

    /// <summary>For a stream.</summary>
    public static Glyphs For(TerminalTraits traits) => traits.HasUnicode ? Unicode : Ascii;

    public static Glyphs Unicode { get; } = new("–", "·", "✔", "▲", "✘", "?", "–");

    public static Glyphs Ascii { get; } = new("-", "|", "+", "!", "x", "?", "-");

    /// <summary>A bar as long as a share of a width, to an eighth of a column where the font has eighths.</summary>
    public string Bar(double share, int width)
    {
        if (this == Ascii)
        {
            return new string('#', (int)Math.Round(share * width));
        }

        var eighths = (int)Math.Round(share * width * 8);
        var rest = eighths % 8;
        return new string('█', eighths / 8) + (rest == 0 ? "" : Eighths[rest - 1]);
    }
}
