namespace ValueImprint.Tool.Tables;

/// <summary>One field of a table.</summary>
internal readonly record struct Cell(string Text, Tint Tint = Tint.None)
{
    public static implicit operator Cell(string text) => new(text);
}
