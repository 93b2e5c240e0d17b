namespace ValueImprint.Core.Documents;

/// <summary>Puts a piece of a user's file into a message of one line.</summary>
internal static class Quote
{
    private const int Longest = 60;

    /// <summary>The text on one line, cut where it is long.</summary>
    public static string Short(string text)
    {
        var isCut = text.Length > Longest;
        return HarmlessText.OneLine(isCut ? text[..(char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest)] : text) + (isCut ? "…" : "");
    }
}
