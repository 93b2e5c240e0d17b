namespace ValueImprint.Tool.Failures;

/// <summary>What the process answers to its caller.</summary>
internal enum ExitCode
{
    /// <summary>Done; a policy passed, perhaps with warnings.</summary>
    Pass = 0,

    /// <summary>The dataset does not show what the policy asks for.</summary>
    PolicyFailed = 1,

    /// <summary>The command line or the policy says something impossible.</summary>
    Usage = 2,

    /// <summary>No verdict: unreadable input, no model, no rows, too many bad rows.</summary>
    CouldNotJudge = 3,

    /// <summary>A fault of ValueImprint.</summary>
    InternalFault = 70,

    /// <summary>Ended by Ctrl-C or SIGTERM.</summary>
    Cancelled = 130,
}
