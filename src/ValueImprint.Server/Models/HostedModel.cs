using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Protocol.V1;

namespace ValueImprint.Server.Models;

/// <summary>A model under the name that calls use, with its description ready to send.</summary>
internal sealed class HostedModel(IModelEngine engine, bool isDefault)
{
    public string Name { get; } = engine.Model.Name;

    public IModelEngine Engine { get; } = engine;

    public Model Message { get; } = ModelMessage.From(engine.Model, isDefault);

    /// <summary>Ids of the values, in the order of every score.</summary>
    public string[] ValueIds { get; } = [.. engine.Model.Taxonomy.Values.Select(static value => value.Id)];
}
