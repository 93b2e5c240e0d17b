namespace ValueImprint.Core.Diagnostics;

/// <summary>A kind of finding with a code that is never reused; see <see cref="DiagnosticCatalogue"/>.</summary>
public sealed class DiagnosticCode
{
    internal DiagnosticCode(string id, string title, string explanation)
    {
        Id = id;
        Title = title;
        Explanation = explanation;
        Kind = (DiagnosticKind)(id[2] - '0');
    }

    /// <summary>Such as <c>VI1001</c>.</summary>
    public string Id { get; }

    /// <summary>A few words, without a full stop.</summary>
    public string Title { get; }

    /// <summary>What it means and what to do about it, as Markdown.</summary>
    public string Explanation { get; }

    /// <summary>Told by the first digit of <see cref="Id"/>.</summary>
    public DiagnosticKind Kind { get; }

    /// <summary>Where the code is explained: the page and the heading's anchor.</summary>
    public string HelpLink => $"{DiagnosticCatalogue.HelpPage}#{Id.ToLowerInvariant()}";

    /// <summary>The <see cref="Id"/>.</summary>
    public override string ToString() => Id;
}

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
