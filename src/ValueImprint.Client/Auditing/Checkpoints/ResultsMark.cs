namespace ValueImprint.Client.Auditing.Checkpoints;

/// <summary>How far results were written.</summary>
/// <param name="Bytes">Length in bytes.</param>
/// <param name="Sha256">SHA-256 of these bytes, lower-case hex.</param>
public readonly record struct ResultsMark(long Bytes, string Sha256);
