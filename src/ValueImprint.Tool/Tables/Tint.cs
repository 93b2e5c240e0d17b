namespace ValueImprint.Tool.Tables;

/// <summary>Colours by meaning; the terminal's own palette decides how they look.</summary>
internal enum Tint
{
    None,
    Strong,
    Faint,
    Good,
    Doubtful,
    Bad,
    Bar,
}
