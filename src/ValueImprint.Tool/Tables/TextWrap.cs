namespace ValueImprint.Tool.Tables;

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
