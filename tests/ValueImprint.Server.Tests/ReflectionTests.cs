using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Protocol.V1;
using ValueImprint.Server.Tests.Support;

namespace ValueImprint.Server.Tests;

public sealed class ReflectionTests
{
    [Fact]
    public async Task ListServices_NamesAllThatIsServed()
    {
        var answer = Assert.Single(await AskAsync(new ServerReflectionRequest { ListServices = "*" }));

        Assert.Equal(
            ["grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection", "valueimprint.v1.ValueClassifier"],
            answer.ListServicesResponse.Service.Select(service => service.Name));
    }

    [Theory]
    [InlineData("valueimprint.v1.ValueClassifier")]
    [InlineData("valueimprint.v1.ValueClassifier.ClassifyStream")]
    [InlineData("valueimprint.v1.AuditRow")]
    [InlineData("valueimprint.v1.AuditRow.duplicate")]
    [InlineData("valueimprint.v1.TextResult.outcome")]
    [InlineData("valueimprint.v1.STANCE_UPHOLDS")]
    [InlineData("grpc.health.v1.HealthCheckResponse.ServingStatus")]
    public async Task FileContainingSymbol_KnownOne_GivesFilesThatBuildAndDeclareIt(string symbol)
    {
        var answer = Assert.Single(await AskAsync(new ServerReflectionRequest { FileContainingSymbol = symbol }));

        // A client builds the pool with every file after those that it imports.
        var files = answer.FileDescriptorResponse.FileDescriptorProto;
        var built = FileDescriptor.BuildFromByteStrings(InOrderOfImport(files));
        var declaring = built.Single(file => file.Name == FileDescriptorProto.Parser.ParseFrom(files[0]).Name);
        Assert.StartsWith(declaring.Package + ".", symbol, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FileContainingSymbol_TheService_HasItsMethods()
    {
        var answer = Assert.Single(await AskAsync(new ServerReflectionRequest { FileContainingSymbol = "valueimprint.v1.ValueClassifier" }));

        var file = FileDescriptorProto.Parser.ParseFrom(answer.FileDescriptorResponse.FileDescriptorProto[0]);
        Assert.Equal(ValueClassifier.Descriptor.Methods.Select(static method => method.Name), file.Service[0].Method.Select(static method => method.Name));
    }

    [Fact]
    public async Task Requests_OnOneStream_AreAnsweredInOrderWithTheRequest()
    {
        ServerReflectionRequest[] requests =
        [
            new() { Host = "h", FileByFilename = "valueimprint/v1/audit.proto" },
            new() { FileByFilename = "no/such.proto" },
            new() { FileContainingSymbol = "no.such.Symbol" },
            new() { AllExtensionNumbersOfType = "valueimprint.v1.Model" },
            new() { AllExtensionNumbersOfType = "no.such.Type" },
            new() { FileContainingExtension = new ExtensionRequest { ContainingType = "valueimprint.v1.Model", ExtensionNumber = 100 } },
            new(),
        ];

        var answers = await AskAsync(requests);

        Assert.Equal(requests, answers.Select(answer => answer.OriginalRequest));
        Assert.Equal("h", answers[0].ValidHost);
        Assert.Equal("valueimprint/v1/audit.proto", FileDescriptorProto.Parser.ParseFrom(answers[0].FileDescriptorResponse.FileDescriptorProto[0]).Name);
        Assert.Empty(answers[3].AllExtensionNumbersResponse.ExtensionNumber);
        Assert.Equal([0, 5, 5, 0, 5, 5, 3], answers.Select(answer => answer.ErrorResponse?.ErrorCode ?? 0));
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
