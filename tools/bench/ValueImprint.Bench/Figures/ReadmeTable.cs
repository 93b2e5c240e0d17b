using System.Text;

namespace ValueImprint.Bench.Figures;

/// <summary>The table in the README, between two markers.</summary>
internal static class ReadmeTable
{
    /// <summary>Replaces what is between <c>&lt;!-- NAME --&gt;</c> and <c>&lt;!-- /NAME --&gt;</c>.</summary>
    /// <exception cref="InvalidDataException">The file lacks the markers.</exception>
    public static void Write(string file, string name, string content)
    {
        var text = File.ReadAllText(file);
        var (open, close) = ($"<!-- {name} -->\n", $"<!-- /{name} -->");
        var start = text.IndexOf(open, StringComparison.Ordinal);
        var end = text.IndexOf(close, StringComparison.Ordinal);
        if (start < 0 || end < start)
        {
            throw new InvalidDataException($"{file}: expected the markers '{open.TrimEnd()}' and '{close}', each on a line of its own.");
        }

        File.WriteAllText(file, text[..(start + open.Length)] + content + text[end..]);
    }

    /// <summary>A Markdown table with a line on how it came about.</summary>
    public static string Format(string conditions, IEnumerable<ResultRow> rows)
    {
        var table = new StringBuilder().Append(conditions).Append("\n\n| what | median | spread | target | |\n|---|--:|--:|--:|---|\n");
        foreach (var row in rows)
        {
            table.Append(row).Append('\n');
        }

        return table.ToString();
    }
}
