namespace ValueImprint.Tool.Tables;

/// <summary>Colours a text with SGR sequences (ECMA-48), or leaves it as it is.</summary>
internal sealed class Ink(bool hasColor)
{
    public string Paint(string text, Tint tint) =>
        !hasColor || tint == Tint.None || text.Length == 0 ? text : $"\e[{Code(tint)}m{text}\e[0m";

    private static string Code(Tint tint) => tint switch
    {
        Tint.Strong => "1",
        Tint.Faint => "2",
        Tint.Good => "32",
        Tint.Doubtful => "33",
        Tint.Bad => "31",
        _ => "36",
    };
}
