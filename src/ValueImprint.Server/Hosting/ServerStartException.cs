namespace ValueImprint.Server.Hosting;

/// <summary>The server's options are in order, but it can't start: no model, a taken address. The message says what to do.</summary>
public sealed class ServerStartException : Exception
{
    /// <summary>With what was found and what to do.</summary>
    public ServerStartException(string message)
        : base(message)
    {
    }

    /// <summary>With what was found and what to do, and the fault behind it.</summary>
    public ServerStartException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
