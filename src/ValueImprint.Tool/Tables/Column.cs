namespace ValueImprint.Tool.Tables;

/// <summary>A column of a table.</summary>
/// <param name="Header">Its heading.</param>
/// <param name="IsRight">Aligned to the right, as numbers are.</param>
/// <param name="Wraps">Gives way where the line is too short, by going on in the next one.</param>
internal sealed record Column(string Header, bool IsRight = false, bool Wraps = false);
