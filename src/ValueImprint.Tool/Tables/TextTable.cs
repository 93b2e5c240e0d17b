using System.Text;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Tables;

/// <summary>
/// A table of plain lines that fits its terminal. Spectre's table costs every verb some 80 ms of start-up, which a gate should not
/// spend, and cuts words where a line is short.
/// </summary>
internal sealed class TextTable(params Column[] columns)
{
    private const int Gap = 2;
    private const int NarrowestWrap = 14;

    private readonly List<Cell[]> _rows = [];

    /// <summary>Columns that the gaps and the indent take.</summary>
    public static int Margin(int columns) => columns * Gap;

    /// <summary>Adds a row with a cell for each column.</summary>
    public void Add(params Cell[] cells) => _rows.Add(cells);

    /// <summary>Writes heading, line and rows.</summary>
    public void Write(TextWriter output, TerminalTraits traits)
    {
        var ink = new Ink(traits.HasColor);
        var widths = Widths(traits.Width);
        WriteRow(output, [.. columns.Select(static column => new Cell(column.Header, Tint.Faint))], widths, ink);
        var line = new string(traits.HasUnicode ? '─' : '-', widths.Sum() + Margin(columns.Length - 1));
        output.WriteLine(new string(' ', Gap) + ink.Paint(line, Tint.Faint));
        foreach (var row in _rows)
        {
            WriteRow(output, row, widths, ink);
        }
    }

    private int[] Widths(int available)
    {
        var widths = columns.Select((column, index) =>
            _rows.Select(row => row[index].Text.Length).Append(column.Header.Length).Max()).ToArray();
        for (var excess = widths.Sum() + Margin(columns.Length) - available; excess > 0; excess--)
        {
            var widest = Enumerable.Range(0, widths.Length)
                .Where(index => columns[index].Wraps && widths[index] > NarrowestWrap)
                .DefaultIfEmpty(-1)
                .MaxBy(index => index < 0 ? 0 : widths[index]);
            if (widest < 0)
            {
                break;
            }

            widths[widest]--;
        }

        return widths;
    }

    private void WriteRow(TextWriter output, Cell[] row, int[] widths, Ink ink)
    {
        var cells = row.Select((cell, index) => columns[index].Wraps ? TextWrap.Lines(cell.Text, widths[index]) : [cell.Text]).ToArray();
        for (var line = 0; line < cells.Max(static lines => lines.Count); line++)
        {
            WriteLine(output, [.. cells.Select((lines, index) => row[index] with { Text = line < lines.Count ? lines[line] : "" })], widths, ink);
        }
    }

    private void WriteLine(TextWriter output, Cell[] row, int[] widths, Ink ink)
    {
        var text = new StringBuilder();
        // Blanks are held back until something follows them, so that no line ends in any.
        var pending = Gap;
        for (var index = 0; index < row.Length; index++)
        {
            var padding = Math.Max(0, widths[index] - row[index].Text.Length);
            pending += columns[index].IsRight ? padding : 0;
            if (row[index].Text.Length > 0)
            {
                text.Append(' ', pending).Append(ink.Paint(row[index].Text, row[index].Tint));
                pending = 0;
            }

            pending += Gap + (columns[index].IsRight ? 0 : padding);
        }

        output.WriteLine(text);
    }
}

/// <summary>Breaks a text into lines, after blanks and slashes where it can.</summary>
internal static class TextWrap
{
    public static IReadOnlyList<string> Lines(string text, int width)
    {
        var lines = new List<string>();
        var rest = text;
        while (rest.Length > width)
        {
            var place = rest.AsSpan(0, width).LastIndexOf('/') + 1;
            place = Math.Max(place, rest.AsSpan(0, width + 1).LastIndexOf(' '));
            place = place > 0 ? place : width;
            lines.Add(rest[..place].TrimEnd());
            rest = rest[place..].TrimStart();
        }

        lines.Add(rest);
        return lines;
    }
}
