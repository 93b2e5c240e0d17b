using System.Collections.Immutable;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Gate;

/// <summary>The words that rules take; policies, MSBuild items, messages and help share them.</summary>
public static class RuleWords
{
    /// <summary>The word for all scopes together.</summary>
    public const string AllScopes = "all";

    /// <summary>Scopes of a rule: <c>chosen</c>, <c>rejected</c>, <c>response</c>, <c>text</c>, <c>all</c>.</summary>
    public static ImmutableArray<string> Scopes { get; } = [.. TextScopes.Names, AllScopes];

    /// <summary>In the order of <see cref="JudgedOn"/>.</summary>
    public static ImmutableArray<string> Judges { get; } = ["point", "lower", "upper"];

    /// <summary>In the order of <see cref="RuleLevel"/>.</summary>
    public static ImmutableArray<string> Levels { get; } = ["error", "warning"];

    /// <summary>In the order of <see cref="Stance"/>.</summary>
    public static ImmutableArray<string> Stances { get; } = ["upholds", "violates", "neutral"];

    /// <summary>In the order of <see cref="EstimateKind"/>.</summary>
    public static ImmutableArray<string> Estimates { get; } = ["counted", "adjusted"];

    /// <summary>In the order of <see cref="OnStraddle"/>.</summary>
    public static ImmutableArray<string> OnStraddles { get; } = ["judge", "inconclusive"];

    /// <summary>In the order of <see cref="Verdict"/>.</summary>
    public static ImmutableArray<string> Verdicts { get; } = ["pass", "warn", "inconclusive", "fail"];

    /// <summary>The scope's word; <c>all</c> for <see langword="null"/>.</summary>
    public static string NameOf(TextScope? scope) => scope?.Name() ?? AllScopes;

    /// <summary>A rule's name in reports; what is left at its default leaves no trace.</summary>
    internal static string Id(
        string kind, string target, string? first, string? second, JudgedOn judge, RuleLevel level, string? last = null) =>
        string.Join('/', new[]
        {
            kind,
            target,
            first,
            second,
            judge == JudgedOn.Point ? null : judge.Name(),
            level == RuleLevel.Error ? null : level.Name(),
            last,
        }.Where(static part => part is not null));

    /// <summary>Bounds for people, such as <c>at least 2%, lower end</c>.</summary>
    internal static string Bounds(string? minimum, string? maximum, JudgedOn judge) => string.Join(", ", new[]
    {
        minimum is null ? null : $"at least {minimum}",
        maximum is null ? null : $"at most {maximum}",
        judge == JudgedOn.Point ? null : $"{judge.Name()} end",
    }.Where(static part => part is not null));

    /// <summary>Such as <c>pass</c>.</summary>
    public static string Name(this Verdict verdict) => Verdicts[(int)verdict];

    /// <summary>Such as <c>lower</c>.</summary>
    public static string Name(this JudgedOn judge) => Judges[(int)judge];

    /// <summary>Such as <c>warning</c>.</summary>
    public static string Name(this RuleLevel level) => Levels[(int)level];

    /// <summary>Such as <c>upholds</c>.</summary>
    public static string Name(this Stance stance) => Stances[(int)stance];
}

/// <summary>Which number a bound is compared with.</summary>
public enum JudgedOn
{
    /// <summary>The observed share.</summary>
    Point,

    /// <summary>The lower end of its interval: a minimum then holds with confidence.</summary>
    Lower,

    /// <summary>The upper end of its interval: a maximum then holds with confidence.</summary>
    Upper,
}

/// <summary>How much a broken rule matters.</summary>
public enum RuleLevel
{
    /// <summary>It fails the gate.</summary>
    Error,

    /// <summary>It warns.</summary>
    Warning,
}

/// <summary>Which estimate of a share a rule judges.</summary>
public enum EstimateKind
{
    /// <summary>The share of texts that the model labelled so.</summary>
    Counted,

    /// <summary>The prevalence, corrected for the model's known errors; see <see cref="Estimation.Prevalence"/>.</summary>
    Adjusted,
}

/// <summary>What a rule says where its bound lies within the interval, so that chance could have put the share on either side.</summary>
public enum OnStraddle
{
    /// <summary>It judges all the same, on what <see cref="JudgedOn"/> says.</summary>
    Judge,

    /// <summary>It does not: <see cref="Verdict.Inconclusive"/>.</summary>
    Inconclusive,
}
