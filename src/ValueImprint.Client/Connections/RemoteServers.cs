namespace ValueImprint.Client.Connections;

/// <summary>
/// Named servers in turn. One that failed is passed over for a pause that doubles with each failure, unless all have failed.
/// Grpc.Net.Client's own balancer is not used: it knows neither Unix sockets nor addresses of different schemes.
/// </summary>
internal sealed class RemoteServers(ClientOptions options, ConnectionFactory factory) : IServerSource
{
    private readonly Lock _lock = new();
    private readonly Member[] _members = [.. options.Servers.Select(address => new Member(factory.Open(address), options))];
    private int _next;

    public int Servers => _members.Length;

    public int MaxBreaksPerText => 5;

    public TimeSpan Patience => options.ConnectTimeout;

    public string Advice => "Check the address and that the server runs, or name no server to use a local one.";

    public ValueTask<ServerConnection> NextAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var now = options.TimeProvider.GetTimestamp();
            Member? best = null;
            for (var i = 0; i < _members.Length; i++)
            {
                var member = _members[(_next + i) % _members.Length];
                if (member.AvoidUntil <= now)
                {
                    best = member;
                    break;
                }

                best = best is null || member.AvoidUntil < best.AvoidUntil ? member : best;
            }

            _next = (Array.IndexOf(_members, best) + 1) % _members.Length;
            return new(best!.Connection); // Validated: there is at least one.
        }
    }

    public void Failed(ServerConnection connection)
    {
        lock (_lock)
        {
            var member = Find(connection);
            var pause = member.Backoff.Next();
            member.AvoidUntil = options.TimeProvider.GetTimestamp() + (long)(pause.TotalSeconds * options.TimeProvider.TimestampFrequency);
        }
    }

    public void Answered(ServerConnection connection)
    {
        lock (_lock)
        {
            var member = Find(connection);
            member.Backoff.Reset();
            member.AvoidUntil = 0;
        }
    }

    public void Dispose()
    {
        foreach (var member in _members)
        {
            member.Connection.Dispose();
        }
    }

    private Member Find(ServerConnection connection) => _members.First(member => member.Connection == connection);

    private sealed class Member(ServerConnection connection, ClientOptions options)
    {
        public ServerConnection Connection => connection;

        public Backoff Backoff { get; } = new(options.FirstPause, options.LongestPause);

        public long AvoidUntil { get; set; }
    }
}

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
