using ValueImprint.Client;

namespace ValueImprint.LocalServer;

/// <summary>Which server to start on this machine, and its limits.</summary>
public sealed record LocalServerOptions
{
    /// <summary>The program.</summary>
    public required LocalServerCommand Command { get; init; }

    /// <summary>
    /// The environment to give to the server, and where <c>XDG_RUNTIME_DIR</c>, <c>XDG_CACHE_HOME</c>, <c>HOME</c> and <c>TMPDIR</c>
    /// (on Windows <c>LOCALAPPDATA</c>) are looked up. The library never reads its own process's.
    /// </summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The product's version; each has its own server.</summary>
    public required string Version { get; init; }

    /// <summary>Absolute path of the model package; null (default): the built-in one. Each model has its own server.</summary>
    public string? ModelFolder { get; init; }

    /// <summary>Further options of the server, such as <c>--device cuda</c>. Each set of them has its own server.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>How long a start may take until the server answers, 1 second to 1 hour; default 30 seconds.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The server ends itself when no call came for this long, 1 second to 30 days; default 10 minutes.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a server that was asked to stop may take before it is killed, 0 to 1 hour; default 15 seconds.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Absolute path of the folder of sockets, logs and state; null (default): <c>$XDG_RUNTIME_DIR/valueimprint</c>, else
    /// <c>~/.cache/valueimprint/run</c>, else one below the temporary folder, whichever is there and short enough for a socket's path.
    /// </summary>
    public string? RunFolder { get; init; }

    internal void Validate()
    {
        Check(StartTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), nameof(StartTimeout));
        Check(IdleTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromDays(30), nameof(IdleTimeout));
        Check(StopTimeout, TimeSpan.Zero, TimeSpan.FromHours(1), nameof(StopTimeout));
        foreach (var path in new[] { Command.Executable, ModelFolder, RunFolder })
        {
            if (path is not null && !Path.IsPathFullyQualified(path))
            {
                throw new ClientException(ClientFault.InvalidOption, $"'{path}' is a relative path; a local server needs absolute ones.");
            }
        }
    }

    private static void Check(TimeSpan value, TimeSpan least, TimeSpan most, string name)
    {
        if (value < least || value > most)
        {
            throw new ClientException(ClientFault.InvalidOption, $"{name} is {Seconds.Of(value)}; expected {Seconds.Of(least)} to {Seconds.Of(most)}.");
        }
    }
}

/// <summary>How a server is started on this machine.</summary>
/// <param name="Executable">Absolute path of a program.</param>
/// <param name="Arguments">
/// What comes before the server's own options: for the tool <c>["/…/valueimprint.dll", "serve"]</c> behind <c>dotnet</c>.
/// </param>
public sealed record LocalServerCommand(string Executable, IReadOnlyList<string> Arguments)
{
    /// <summary>The program's files whose change makes another server of it: the executable and the files among the arguments.</summary>
    internal IEnumerable<string> Files => Arguments.Where(static argument => Path.IsPathFullyQualified(argument) && File.Exists(argument)).Prepend(Executable);
}
