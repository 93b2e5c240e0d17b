using ValueImprint.Core.Estimation;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Gate;

/// <summary>Estimates the prevalence of each scope once, however many rules ask for it. Lives as long as one judgement.</summary>
internal sealed class PrevalenceCache(Imprint imprint, ConfidenceLevel level)
{
    // The last place is for all scopes together.
    private readonly (Prevalence? Prevalence, string? Problem)?[] _known = new (Prevalence?, string?)?[TextScopes.Count + 1];

    public (Prevalence? Prevalence, string? Problem) this[TextScope? scope] => _known[(int?)scope ?? TextScopes.Count] ??= Estimate(scope);

    private (Prevalence? Prevalence, string? Problem) Estimate(TextScope? scope)
    {
        Prevalence.TryEstimate(imprint, scope, out var prevalence, out var problem, level);
        return (prevalence, problem);
    }
}
