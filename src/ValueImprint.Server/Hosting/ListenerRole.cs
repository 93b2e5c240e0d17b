namespace ValueImprint.Server.Hosting;

/// <summary>What a connection may do, by the listener that accepted it.</summary>
internal enum ListenerRole
{
    /// <summary>Any network: everything, with a token where tokens are set.</summary>
    Network,

    /// <summary>A Unix socket of mode 0600: the file system has told who calls, no token is needed.</summary>
    OwnerSocket,

    /// <summary>Health checks alone.</summary>
    HealthOnly,
}

/// <summary>Travels from the listener to its calls. A connection without one counts as <see cref="ListenerRole.Network"/>.</summary>
internal sealed record ListenerFeature(ListenerRole Role);
