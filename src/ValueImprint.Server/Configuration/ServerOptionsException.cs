namespace ValueImprint.Server.Configuration;

/// <summary>The server was told something that it can't be started with. The message names every fault, a line each.</summary>
public sealed class ServerOptionsException(string message) : Exception(message);
