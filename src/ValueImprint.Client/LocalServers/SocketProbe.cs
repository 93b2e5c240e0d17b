using System.Net.Sockets;

namespace ValueImprint.Client.LocalServers;

/// <summary>Whether anybody listens on a Unix socket.</summary>
internal static class SocketProbe
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(2);

    public static async Task<bool> AnswersAsync(string path, TimeProvider clock, CancellationToken ct)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        // A full backlog makes a connect wait; then somebody is there.
        using var limit = new CancellationTokenSource(_limit, clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), linked.Token).ConfigureAwait(false);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return true;
        }
    }
}
