using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;
using ValueImprint.Protocol.V1;
using ValueImprint.Server.Tests.Support;
using V1Alpha = Grpc.Reflection.V1Alpha;

namespace ValueImprint.Server.Tests;

public sealed class ReflectionTests
{
    private static readonly string[] Served = ["grpc.health.v1.Health", "valueimprint.v1.ValueClassifier"];

    [Fact]
    public async Task ListServices_V1_NamesAllThatIsServed()
    {
        var answer = Assert.Single(await AskAsync(new ServerReflectionRequest { ListServices = "*" }));

        Assert.Empty(Served.Except(answer.ListServicesResponse.Service.Select(static service => service.Name)));
    }

    [Fact]
    public async Task ListServices_V1Alpha_NamesTheSame()
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine());
        using var call = new V1Alpha.ServerReflection.ServerReflectionClient(server.Channel()).ServerReflectionInfo();

        await call.RequestStream.WriteAsync(new V1Alpha.ServerReflectionRequest { ListServices = "*" }).Time();
        Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken).Time());

        Assert.Empty(Served.Except(call.ResponseStream.Current.ListServicesResponse.Service.Select(static service => service.Name)));
    }

    [Theory]
    [InlineData("valueimprint.v1.ValueClassifier")]
    [InlineData("valueimprint.v1.ValueClassifier.ClassifyStream")]
    [InlineData("valueimprint.v1.AuditRow")]
    [InlineData("grpc.health.v1.HealthCheckResponse")]
    public async Task FileContainingSymbol_KnownOne_GivesFilesThatBuildAndDeclareIt(string symbol)
    {
        var answer = Assert.Single(await AskAsync(new ServerReflectionRequest { FileContainingSymbol = symbol }));

        // A client builds the pool with every file after those that it imports.
        var files = answer.FileDescriptorResponse.FileDescriptorProto;
        var built = FileDescriptor.BuildFromByteStrings(InOrderOfImport(files));
        Assert.Contains(built, file => symbol.StartsWith(file.Package + ".", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Requests_OnOneStream_AreAnsweredInOrder()
    {
        ServerReflectionRequest[] requests =
        [
            new() { FileByFilename = "valueimprint/v1/audit.proto" },
            new() { FileByFilename = "no/such.proto" },
            new() { FileContainingSymbol = "no.such.Symbol" },
        ];

        var answers = await AskAsync(requests);

        Assert.Contains(
            "valueimprint/v1/audit.proto",
            answers[0].FileDescriptorResponse.FileDescriptorProto.Select(static bytes => FileDescriptorProto.Parser.ParseFrom(bytes).Name));
        Assert.Equal([0, (int)StatusCode.NotFound, (int)StatusCode.NotFound], answers.Select(static answer => answer.ErrorResponse?.ErrorCode ?? 0));
    }

    [Fact]
    public async Task Stream_ThatAsksNothing_IsCutAsAnyOther()
    {
        await using var server = await TestServer.StartAsync(
            new ScriptedEngine(), static options => options.StallTimeout = TimeSpan.FromMilliseconds(200));
        using var call = new ServerReflection.ServerReflectionClient(server.Channel()).ServerReflectionInfo();

        var fault = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(TestContext.Current.CancellationToken).Time());

        Assert.Equal(StatusCode.DeadlineExceeded, fault.StatusCode);
    }

    private static List<ByteString> InOrderOfImport(IEnumerable<ByteString> files)
    {
        var waiting = files.Select(static bytes => (bytes, proto: FileDescriptorProto.Parser.ParseFrom(bytes))).ToList();
        var ordered = new List<(ByteString bytes, FileDescriptorProto proto)>();
        while (waiting.Count > 0)
        {
            var ready = waiting.Where(file => file.proto.Dependency.All(import => ordered.Any(known => known.proto.Name == import))).ToList();
            Assert.NotEmpty(ready);
            ordered.AddRange(ready);
            waiting.RemoveAll(ready.Contains);
        }

        return [.. ordered.Select(static file => file.bytes)];
    }

    private static async Task<List<ServerReflectionResponse>> AskAsync(params ServerReflectionRequest[] requests)
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine());
        using var call = new ServerReflection.ServerReflectionClient(server.Channel()).ServerReflectionInfo();
        var answers = new List<ServerReflectionResponse>();
        foreach (var request in requests)
        {
            await call.RequestStream.WriteAsync(request).Time();
            Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken).Time());
            answers.Add(call.ResponseStream.Current);
        }

        await call.RequestStream.CompleteAsync().Time();
        Assert.False(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken).Time());
        return answers;
    }
}
