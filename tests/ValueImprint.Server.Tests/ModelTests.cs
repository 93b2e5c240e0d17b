using Grpc.Core;
using ValueImprint.Core.Gate;
using ValueImprint.Inference.Models;
using ValueImprint.Protocol.V1;
using ValueImprint.Server.Tests.Support;

namespace ValueImprint.Server.Tests;

public sealed class ModelTests
{
    [Fact]
    public async Task ListModels_Several_DefaultFirst()
    {
        await using var server = await TestServer.StartAsync([new ScriptedEngine("small"), new ScriptedEngine("large")]);

        var models = (await server.Classifier.ListModelsAsync(new ListModelsRequest()).ResponseAsync.Time()).Models;

        Assert.Equal([("small", true), ("large", false)], models.Select(static model => (model.Name, model.IsDefault)));
    }

    [Fact]
    public async Task GetModel_ByName_DescribesIt()
    {
        var engine = new ScriptedEngine("large");
        await using var server = await TestServer.StartAsync([new ScriptedEngine("small"), engine]);

        var model = await server.Classifier.GetModelAsync(new GetModelRequest { Name = "large" }).ResponseAsync.Time();

        Assert.Equal(engine.Model.ContentHash, model.ContentHash);
        Assert.Equal(("value-imprint", 7), (model.Taxonomy.Id, model.Taxonomy.Values.Count));
        Assert.Equal((ProblemType.SingleLabel, Truncation.HeadTail, 0.5), (model.ProblemType, model.Truncation, model.HeadShare));
        Assert.Equal(engine.Model.Confusion, model.Confusion);
        Assert.All(model.Taxonomy.Values, static value => Assert.NotEmpty(value.Description));
    }

    [Fact]
    public async Task Classify_NamedModel_IsAnsweredByIt()
    {
        var large = new ScriptedEngine("large");
        await using var server = await TestServer.StartAsync([new ScriptedEngine("small"), large]);

        var reply = await server.Classifier.ClassifyAsync(
            new ClassifyRequest { Options = new ClassifyOptions { Model = "large" }, Texts = { new TextItem { Text = "text" } } }).ResponseAsync.Time();

        Assert.Equal(large.Model.ContentHash, reply.ModelHash);
        Assert.Equal(1, large.Lanes);
    }

    [Fact]
    public async Task GetModel_Unknown_IsInvalidArgument()
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine());

        var fault = await Assert.ThrowsAsync<RpcException>(() => server.Classifier.GetModelAsync(new GetModelRequest { Name = "x" }).ResponseAsync.Time());

        Assert.Equal(StatusCode.InvalidArgument, fault.StatusCode);
    }

    [Fact]
    public async Task Start_TwoModelsOfOneName_StopsTheServer()
    {
        await using var server = await TestServer.StartAsync([new ScriptedEngine("same"), new ScriptedEngine("same")], loaded: Task.CompletedTask);

        await server.StoppedAsync().Time();

        Assert.Contains("named 'same'", server.Fault!.Message, StringComparison.Ordinal);
    }
}
