using ValueImprint.Core.Imprints;
using ValueImprint.Core.Taxonomy;
using ValueImprint.Protocol.V1;
using CoreStance = ValueImprint.Core.Imprints.Stance;
using Stance = ValueImprint.Protocol.V1.Stance;

namespace ValueImprint.Client.Auditing;

/// <summary>Turns a classification of the wire, with names, into a verdict to count, with indexes.</summary>
internal sealed class VerdictReader(TaxonomyIdentity taxonomy, bool hasStance)
{
    /// <exception cref="ClientException">The classification does not fit the model's description.</exception>
    public TextVerdict Read(TextScope scope, Classification classification)
    {
        if (classification.Scores.Count != taxonomy.Values.Count)
        {
            throw Broken($"has {classification.Scores.Count} scores for {taxonomy.Values.Count} values");
        }

        var scores = new float[taxonomy.Values.Count];
        Array.Fill(scores, float.NaN);
        foreach (var score in classification.Scores)
        {
            scores[IndexOf(score.Value)] = score.Score is >= 0 and <= 1 ? score.Score : throw Broken("has a score outside [0, 1]");
        }

        if (Array.Exists(scores, float.IsNaN))
        {
            throw Broken("has two scores for the same value");
        }

        var values = new int[classification.Values.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = IndexOf(classification.Values[i]);
        }

        return new TextVerdict(
            scope, values, scores, hasStance ? StanceOf(classification.Stance) : null,
            classification.Truncation is not (Truncation.None or Truncation.Unspecified));
    }

    private static CoreStance StanceOf(Stance stance) => stance switch
    {
        Stance.Upholds => CoreStance.Upholds,
        Stance.Violates => CoreStance.Violates,
        Stance.Neutral => CoreStance.Neutral,
        _ => throw Broken("lacks the stance that its model gives"),
    };

    private int IndexOf(string value) =>
        taxonomy.TryFind(value, out var index) ? index : throw Broken("names a value that its model's taxonomy does not have");

    private static ClientException Broken(string what) =>
        new(ClientFault.ContractBroken, $"A classification {what}; use a server of the same version.");
}
