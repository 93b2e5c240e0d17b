using System.Globalization;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Core.Taxonomy;
using ValueImprint.Protocol.V1;
using CoreProblemType = ValueImprint.Core.Imprints.ProblemType;
using ProblemType = ValueImprint.Protocol.V1.ProblemType;

namespace ValueImprint.Client.Auditing;

/// <summary>A server's description of its model as an imprint keeps it.</summary>
public static class ModelIdentity
{
    /// <summary>The model's part of an imprint.</summary>
    /// <param name="model">As the server describes it.</param>
    /// <param name="abstainBelow">A threshold given with the request; null: the model's own.</param>
    /// <exception cref="ClientException">The description does not keep to the contract.</exception>
    public static ImprintModel ToImprintModel(this Model model, float? abstainBelow = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.ContentHash.Length == 0 || model.Taxonomy is not { Values.Count: > 0 } || model.MaxTokens < 1)
        {
            throw Broken("lacks its content hash, taxonomy or length");
        }

        return new ImprintModel
        {
            Name = model.Name,
            Version = model.Version,
            ContentHash = model.ContentHash,
            TokenizerHash = model.TokenizerHash,
            Variant = model.Variant,
            ProblemType = model.ProblemType switch
            {
                ProblemType.SingleLabel => CoreProblemType.SingleLabel,
                ProblemType.MultiLabel => CoreProblemType.MultiLabel,
                _ => throw Broken("has no problem type"),
            },
            MaxTokens = model.MaxTokens,
            Truncation = model.Truncation switch
            {
                Truncation.Head => TruncationStrategy.Head,
                Truncation.Tail => TruncationStrategy.Tail,
                Truncation.HeadTail => TruncationStrategy.HeadTail,
                _ => throw Broken("does not say what it keeps of long texts"),
            },
            HeadShare = model.HeadShare,
            Temperature = model.Temperature,
            AbstainBelow = abstainBelow is { } given ? Widen(given) : model.AbstainBelow,
            HasStance = model.HasStance,
            Confusion = ConfusionOf(model),
        };
    }

    /// <summary>The taxonomy's part of an imprint.</summary>
    /// <exception cref="ClientException">The description does not keep to the contract.</exception>
    public static TaxonomyIdentity ToTaxonomyIdentity(this Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var taxonomy = model.Taxonomy ?? throw Broken("has no taxonomy");
        try
        {
            return new TaxonomyIdentity(
                taxonomy.Id, taxonomy.Version, taxonomy.ContentHash, [.. taxonomy.Values.Select(static value => new ValueName(value.Id, value.Name))]);
        }
        catch (ArgumentException fault)
        {
            throw Broken($"has a taxonomy that does not hold together ({fault.Message})");
        }
    }

    private static ConfusionMatrix? ConfusionOf(Model model)
    {
        try
        {
            return model.Confusion.Count == 0 ? null : new ConfusionMatrix(model.Taxonomy.Values.Count, [.. model.Confusion]);
        }
        catch (ArgumentException fault)
        {
            throw Broken($"has a confusion matrix that does not fit its taxonomy ({fault.Message})");
        }
    }

    // By way of the shortest decimal, so that 0.3f is recorded as 0.3.
    private static double Widen(float value) => double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static ClientException Broken(string what) =>
        new(ClientFault.ContractBroken, $"The server's description of its model {what}; use a server of the same version.");
}
