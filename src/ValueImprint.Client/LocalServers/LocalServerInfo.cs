namespace ValueImprint.Client.LocalServers;

/// <summary>A local server that was started and not yet seen to end.</summary>
/// <param name="Pid">Its process.</param>
/// <param name="Version">The product's version.</param>
/// <param name="Socket">Path of its Unix socket.</param>
/// <param name="Model">Folder of its model package; null: the built-in one.</param>
/// <param name="Started">When it was started.</param>
/// <param name="Log">Path of its log file.</param>
/// <param name="IsAnswering">Whether something listens on the socket; a process that doesn't is starting, draining or stuck.</param>
public sealed record LocalServerInfo(
    int Pid, string Version, string Socket, string? Model, DateTimeOffset Started, string Log, bool IsAnswering);
