using ValueImprint.Auditing;
using ValueImprint.Core.Imprints;
using ValueImprint.Inference;
using ValueImprint.Protocol.Mapping;
using ValueImprint.Protocol.V1;

namespace ValueImprint.Server.Models;

/// <summary>A model under the name that calls use, with its description ready to send.</summary>
internal sealed class HostedModel
{
    public HostedModel(IModelEngine engine, bool isDefault)
    {
        Engine = engine;
        Description = new ClassifierModel(FactsOf(engine.Model), engine.Model.Taxonomy.Identity);
        Message = Description.Facts.ToMessage(engine.Model.Taxonomy);
        (Message.ExecutionProvider, Message.License, Message.IsDefault) = (engine.Model.ExecutionProvider, engine.Model.License, isDefault);
        ValueIds = [.. engine.Model.Taxonomy.Values.Select(static value => value.Id)];
    }

    public string Name => Description.Facts.Name;

    public IModelEngine Engine { get; }

    /// <summary>As an imprint keeps it.</summary>
    public ClassifierModel Description { get; }

    public Model Message { get; }

    /// <summary>Ids of the values, in the order of every score.</summary>
    public string[] ValueIds { get; }

    private static ImprintModel FactsOf(ModelDescription model) => new()
    {
        Name = model.Name,
        Version = model.Version,
        ContentHash = model.ContentHash,
        TokenizerHash = model.TokenizerHash,
        Variant = model.Variant,
        ProblemType = model.ProblemType,
        MaxTokens = model.MaxTokens,
        Truncation = model.Truncation,
        HeadShare = model.HeadShare,
        Temperature = model.Temperature,
        AbstainBelow = model.AbstainBelow,
        HasStance = model.HasStance,
        Confusion = model.Confusion.Count == 0 ? null : new ConfusionMatrix(model.Taxonomy.Values.Count, [.. model.Confusion]),
    };
}
