namespace ValueImprint.Client.Connections;

/// <summary>Gives connections to servers that may be up, and learns from the caller which ones are not.</summary>
internal interface IServerSource : IDisposable
{
    /// <summary>How many servers work side by side.</summary>
    int Servers { get; }

    /// <summary>How often a text may be under way on a stream that breaks, unless an option says otherwise.</summary>
    int MaxBreaksPerText { get; }

    /// <summary>How long to go on trying while no server answers.</summary>
    TimeSpan Patience { get; }

    /// <summary>What to do about a server that doesn't answer, as a sentence.</summary>
    string Advice { get; }

    /// <summary>The next server in turn. The connection stays the source's.</summary>
    /// <exception cref="ClientException">The local server does not start.</exception>
    ValueTask<ServerConnection> NextAsync(CancellationToken ct);

    /// <summary>The server did not answer or broke off: others are tried first for a while.</summary>
    void Failed(ServerConnection connection);

    /// <summary>The server answered.</summary>
    void Answered(ServerConnection connection);
}
