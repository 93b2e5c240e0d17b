namespace ValueImprint.Server.Hosting;

/// <summary>Why the server could not go on, for the one who started it; the first fault counts.</summary>
internal sealed class ServerFault
{
    private Exception? _fault;

    public Exception? Value => Volatile.Read(ref _fault);

    public void Set(Exception fault) => Interlocked.CompareExchange(ref _fault, fault, null);
}
