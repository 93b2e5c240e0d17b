using System.Globalization;
using ValueImprint.Core.Imprints;
using ValueImprint.Core.Taxonomy;

namespace ValueImprint.Auditing;

/// <summary>Where texts are classified: by a server, or by an engine of the same process.</summary>
public interface IClassifier
{
    /// <summary>Describes a model.</summary>
    /// <param name="name">Its name; empty: the default one.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <exception cref="AuditException">There is no such model, or nobody answered.</exception>
    Task<ClassifierModel> GetModelAsync(string name = "", CancellationToken ct = default);

    /// <summary>
    /// Classifies any number of texts. Outcomes come in the order of the texts, each exactly once. Reads the source no further ahead than
    /// the window allows; stopping half way ends all work.
    /// </summary>
    /// <param name="source">Whatever carries the texts; comes back beside each outcome.</param>
    /// <param name="text">The text of an item; null: there is none to classify, and the item comes back in its turn with an empty outcome.</param>
    /// <param name="options">Model, window, batches; null: the defaults.</param>
    /// <param name="place">Names an item for a person, never by its text; null: its number in the stream, from 1.</param>
    /// <param name="ct">Cancels the work.</param>
    /// <exception cref="AuditException">Nobody answered, the model changed, or the same texts broke the classifier repeatedly.</exception>
    IAsyncEnumerable<(TState State, TextOutcome Outcome)> ClassifyStreamAsync<TState>(
        IAsyncEnumerable<TState> source,
        Func<TState, string?> text,
        ClassifyStreamOptions? options = null,
        Func<TState, string>? place = null,
        CancellationToken ct = default);
}

/// <summary>The model behind a classifier, as an imprint keeps it.</summary>
/// <param name="Facts">Everything that can change a label.</param>
/// <param name="Taxonomy">Its values; the indexes of outcomes refer to it.</param>
public sealed record ClassifierModel(ImprintModel Facts, TaxonomyIdentity Taxonomy)
{
    /// <summary>The same with a threshold that a request gave.</summary>
    /// <param name="threshold">In [0, 1]; null: the model's own.</param>
    public ClassifierModel AbstainingBelow(float? threshold) => threshold is not { } given ? this : this with
    {
        // By way of the shortest decimal, so that 0.3f is recorded as 0.3.
        Facts = Facts with { AbstainBelow = double.Parse(given.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) },
    };
}
