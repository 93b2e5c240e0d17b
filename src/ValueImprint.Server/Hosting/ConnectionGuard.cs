using System.Net;
using Microsoft.AspNetCore.Connections;
using ValueImprint.Server.Configuration;

namespace ValueImprint.Server.Hosting;

/// <summary>
/// The connections of one listener. One that has not yet made a call that was let in may be closed: after a while if it is silent, and
/// at once, the oldest first, when there are as many as the listener takes. So connections that prove nothing never keep others out.
/// </summary>
internal sealed class ConnectionGuard(ServerOptions options, TimeProvider time, CancellationToken disconnect)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<GuardedConnection> _unproven = new();
    private readonly Dictionary<IPAddress, int> _byAddress = [];
    private int _open;

    private int MaxPerAddress => options.MaxConnectionsPerClient ?? Math.Max(1, options.MaxConnections / 2);

    /// <summary>Kestrel's connection middleware.</summary>
    public ConnectionDelegate Guard(ConnectionDelegate next) => async context =>
    {
        var connection = new GuardedConnection(this, context, ClientAddress.Of((context.RemoteEndPoint as IPEndPoint)?.Address));
        if (!TryOpen(connection))
        {
            context.Abort(new ConnectionAbortedException("The listener has as many connections as it takes."));
            return;
        }

        context.Features.Set(connection);
        try
        {
            await using var cut = disconnect.Register(static state => ((ConnectionContext)state!).Abort(), context);
            await using var silent = time.CreateTimer(static state => ((GuardedConnection)state!).AbortWhenSilent(), connection, options.FirstCallTimeout, Timeout.InfiniteTimeSpan);
            await next(context);
        }
        finally
        {
            Close(connection);
        }
    };

    internal void Prove(GuardedConnection connection)
    {
        lock (_lock)
        {
            if (connection.Place.List is not null)
            {
                _unproven.Remove(connection.Place);
            }
        }
    }

    private bool TryOpen(GuardedConnection connection)
    {
        GuardedConnection? closed = null;
        lock (_lock)
        {
            var ofAddress = connection.Address is null ? 0 : _byAddress.GetValueOrDefault(connection.Address);
            if (ofAddress >= MaxPerAddress)
            {
                return false;
            }

            if (_open >= options.MaxConnections)
            {
                closed = _unproven.First?.Value;
                if (closed is null)
                {
                    return false;
                }

                _unproven.RemoveFirst();
            }

            _open++;
            _unproven.AddLast(connection.Place);
            if (connection.Address is not null)
            {
                _byAddress[connection.Address] = ofAddress + 1;
            }
        }

        closed?.Abort();
        return true;
    }

    private void Close(GuardedConnection connection)
    {
        lock (_lock)
        {
            _open--;
            if (connection.Place.List is not null)
            {
                _unproven.Remove(connection.Place);
            }

            if (connection.Address is { } address && --_byAddress[address] == 0)
            {
                _byAddress.Remove(address);
            }
        }
    }
}

/// <summary>A connection as its calls see it.</summary>
internal sealed class GuardedConnection
{
    private readonly ConnectionGuard _guard;
    private readonly ConnectionContext _context;
    private volatile bool _hasCalled;

    public GuardedConnection(ConnectionGuard guard, ConnectionContext context, IPAddress? address)
    {
        (_guard, _context, Address) = (guard, context, address);
        Place = new LinkedListNode<GuardedConnection>(this);
    }

    /// <summary>Whose share it counts to; <see langword="null"/>: nobody's.</summary>
    public IPAddress? Address { get; }

    public LinkedListNode<GuardedConnection> Place { get; }

    /// <summary>A call that needs no token was made: the connection is not silent.</summary>
    public void Called() => _hasCalled = true;

    /// <summary>A call was let in: the connection is not closed for others.</summary>
    public void Prove()
    {
        if (!_hasCalled || Place.List is not null)
        {
            _hasCalled = true;
            _guard.Prove(this);
        }
    }

    public void Abort() => _context.Abort(new ConnectionAbortedException("The connection gave way to others."));

    internal void AbortWhenSilent()
    {
        if (!_hasCalled)
        {
            Abort();
        }
    }
}

/// <summary>What of a client's address tells clients apart.</summary>
internal static class ClientAddress
{
    /// <summary><see langword="null"/> for this machine's own, who share one; an IPv6 network of 64 bits counts as one client.</summary>
    public static IPAddress? Of(IPAddress? address)
    {
        address = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        if (address is null || IPAddress.IsLoopback(address))
        {
            return null;
        }

        var bytes = address.GetAddressBytes();
        if (bytes.Length == 16)
        {
            bytes.AsSpan(8).Clear();
        }

        return new IPAddress(bytes);
    }
}
