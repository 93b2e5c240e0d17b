namespace ValueImprint.Client.LocalServers;

/// <summary>How a local server came to stand still.</summary>
public enum StopOutcome
{
    /// <summary>There was none.</summary>
    NotRunning,

    /// <summary>It finished its calls and ended by itself when asked.</summary>
    Ended,

    /// <summary>It did not end in time and was killed.</summary>
    Killed,
}
