using ValueImprint.Core.Estimation;
using ValueImprint.Core.Imprints;
using ValueImprint.Core.Taxonomy;
using ValueImprint.Protocol.V1;
using CoreProblemType = ValueImprint.Core.Imprints.ProblemType;
using ProblemType = ValueImprint.Protocol.V1.ProblemType;

namespace ValueImprint.Protocol.Mapping;

/// <summary>A model's description: as an imprint keeps it, and as the contract states it.</summary>
public static class ModelMapping
{
    /// <summary>The description to send.</summary>
    /// <param name="model">Everything that can change a label.</param>
    /// <param name="taxonomy">The model's values.</param>
    public static Model ToMessage(this ImprintModel model, ValueTaxonomy taxonomy)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(taxonomy);
        var message = new Model
        {
            Name = model.Name,
            Version = model.Version,
            ContentHash = model.ContentHash,
            TokenizerHash = model.TokenizerHash,
            Taxonomy = new Taxonomy
            {
                Id = taxonomy.Id,
                Version = taxonomy.Version,
                Name = taxonomy.Name,
                ContentHash = taxonomy.ContentHash,
                Values = { taxonomy.Values.Select(static value => new Value { Id = value.Id, Name = value.Name, Description = value.Description }) },
            },
            ProblemType = model.ProblemType switch
            {
                CoreProblemType.SingleLabel => ProblemType.SingleLabel,
                CoreProblemType.MultiLabel => ProblemType.MultiLabel,
                var other => throw new InvalidOperationException($"No message for problem type {other}."),
            },
            Variant = model.Variant,
            MaxTokens = model.MaxTokens,
            Truncation = model.Truncation switch
            {
                TruncationStrategy.Head => Truncation.Head,
                TruncationStrategy.Tail => Truncation.Tail,
                TruncationStrategy.HeadTail => Truncation.HeadTail,
                var other => throw new InvalidOperationException($"No message for truncation {other}."),
            },
            HeadShare = model.HeadShare,
            Temperature = model.Temperature,
            AbstainBelow = model.AbstainBelow,
            HasStance = model.HasStance,
        };
        if (model.Confusion is { } confusion)
        {
            message.Confusion.AddRange(confusion.Counts.ToArray());
        }

        return message;
    }

    /// <summary>The model's part of an imprint.</summary>
    /// <exception cref="ContractException">The description does not keep to the contract.</exception>
    public static ImprintModel ToImprintModel(this Model model)
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
            AbstainBelow = model.AbstainBelow,
            HasStance = model.HasStance,
            Confusion = ConfusionOf(model),
        };
    }

    /// <summary>The taxonomy's part of an imprint.</summary>
    /// <exception cref="ContractException">The description does not keep to the contract.</exception>
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

    private static ContractException Broken(string what) => new($"The server's description of its model {what}");
}

/// <summary>A message that the contract does not allow; what it says is a clause without a full stop, and never holds dataset text.</summary>
/// <param name="message">What is wrong.</param>
public sealed class ContractException(string message) : Exception(message);
