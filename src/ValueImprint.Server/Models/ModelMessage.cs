using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Core.Taxonomy;
using ValueImprint.Inference;
using ValueImprint.Inference.Models;
using ValueImprint.Protocol.V1;
using CoreProblemType = ValueImprint.Core.Imprints.ProblemType;
using WireProblemType = ValueImprint.Protocol.V1.ProblemType;

namespace ValueImprint.Server.Models;

/// <summary>A model's description as the contract states it.</summary>
internal static class ModelMessage
{
    public static Model From(ModelDescription model, bool isDefault) => new()
    {
        Name = model.Name,
        Version = model.Version,
        ContentHash = model.ContentHash,
        TokenizerHash = model.TokenizerHash,
        Taxonomy = From(model.Taxonomy),
        ProblemType = model.ProblemType switch
        {
            CoreProblemType.SingleLabel => WireProblemType.SingleLabel,
            CoreProblemType.MultiLabel => WireProblemType.MultiLabel,
            var other => throw new InvalidOperationException($"No message for problem type {other}."),
        },
        Variant = model.Variant,
        ExecutionProvider = model.ExecutionProvider,
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
        License = model.License,
        IsDefault = isDefault,
        Confusion = { model.Confusion },
    };

    private static Taxonomy From(ValueTaxonomy taxonomy) => new()
    {
        Id = taxonomy.Id,
        Version = taxonomy.Version,
        Name = taxonomy.Name,
        ContentHash = taxonomy.ContentHash,
        Values = { taxonomy.Values.Select(static value => new Value { Id = value.Id, Name = value.Name, Description = value.Description }) },
    };
}
