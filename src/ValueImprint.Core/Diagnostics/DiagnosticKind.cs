namespace ValueImprint.Core.Diagnostics;

/// <summary>What a diagnostic is about, told by the first digit of its code; callers choose an exit code by it.</summary>
public enum DiagnosticKind
{
    /// <summary>VI0xxx: a policy, a taxonomy or a command that says something impossible.</summary>
    Usage = 0,

    /// <summary>VI1xxx: a dataset that does not cover what the policy asks for.</summary>
    Coverage = 1,

    /// <summary>VI2xxx: a dataset that moved away from its baseline.</summary>
    Drift = 2,

    /// <summary>VI3xxx: nothing, or nothing readable, to judge.</summary>
    Input = 3,

    /// <summary>VI9xxx: a fault of ValueImprint itself.</summary>
    Internal = 9,
}
