using System.Globalization;
using System.Text.Json.Nodes;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using ValueImprint.Core.Imprints;
using ValueImprint.Protocol.V1;
using ValueImprint.Server.Configuration;
using ValueImprint.Server.Hosting;
using ValueImprint.Server.Tests.Processes;
using ValueImprint.Server.Tests.Support;

namespace ValueImprint.Server.Tests;

/// <summary>Server, engine and model as they are shipped.</summary>
public sealed class DefaultModelTests : IAsyncLifetime
{
    private WebApplication _app = null!; // InitializeAsync comes before every test.
    private GrpcChannel _channel = null!; // As above.
    private ValueClassifier.ValueClassifierClient _client = null!; // As above.

    public async ValueTask InitializeAsync()
    {
        var options = new ServerOptions { Listen = ["http://127.0.0.1:0"], Models = [DefaultModel.Folder(), DefaultModel.Folder("small")], Device = Inference.ExecutionDevice.Cpu, MaxRowsInFlight = 50 };
        _app = ServerHost.Build(options);
        await _app.StartAsync(TestContext.Current.CancellationToken).Time();
        _channel = GrpcChannel.ForAddress(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        _client = new ValueClassifier.ValueClassifierClient(_channel);
        var gate = _app.Services.GetRequiredService<CallGate>();
        await Within.Until(() => gate.Observe().Phase == ServerPhase.Serving, "the model is loaded");
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            _channel.Dispose();
            await _app.DisposeAsync();
        }
    }

    [Fact]
    public async Task Classify_AndStream_AgreeOnEveryScore()
    {
        TextItem[] texts = [.. Texts(40)];

        var unary = await _client.ClassifyAsync(new ClassifyRequest { Texts = { texts } }).ResponseAsync.Time();
        using var call = _client.ClassifyStream();
        foreach (var text in texts)
        {
            await call.RequestStream.WriteAsync(new ClassifyStreamRequest { Texts = { text } }).Time();
        }

        await call.RequestStream.CompleteAsync().Time();
        var streamed = new List<TextResult>();
        while (await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken).Time())
        {
            streamed.AddRange(call.ResponseStream.Current.Results);
        }

        Assert.Equal(unary.Results, streamed);
        Assert.All(streamed, static result => Assert.Equal(1, result.Classification.Scores.Sum(static score => score.Score), 1e-4));
    }

    [Theory]
    [InlineData("value-imprint-base")]
    [InlineData("value-imprint-small")]
    public async Task Classify_TenTextsWrittenForEachValue_NamesAtLeastEightOfThem(string model)
    {
        var file = Path.Combine(DefaultModel.Folder(), "..", "..", "..", "..", "tests", "fixtures", "ten-of-each-value.jsonl");
        TextItem[] texts = [.. File.ReadLines(file).Select(static line => JsonNode.Parse(line)!)
            .Select(static row => new TextItem { Id = row["id"]!.GetValue<string>(), Text = row["text"]!.GetValue<string>() })];

        var reply = await _client.ClassifyAsync(new ClassifyRequest { Options = new ClassifyOptions { Model = model }, Texts = { texts } }).ResponseAsync.Time();

        var meant = texts.Zip(reply.Results, static (text, result) => (Meant: text.Id.Split('/')[0], Named: result.Classification.Value))
            .GroupBy(static text => text.Meant, static text => text.Named == text.Meant).ToArray();
        Assert.Equal(7, meant.Length);
        Assert.All(meant, static value => Assert.Equal(10, value.Count()));
        Assert.All(meant, static value => Assert.True(value.Count(static isNamed => isNamed) >= 8, $"{value.Key}: {value.Count(static isNamed => isNamed)} of 10"));
    }

    [Fact]
    public async Task Classify_TextAboveTheLimitOrBlank_FailsAlone()
    {
        var reply = await _client.ClassifyAsync(new ClassifyRequest
        {
            Texts = { new TextItem { Text = new string('x', (1 << 20) + 1) }, new TextItem { Text = "\t" }, new TextItem { Text = "Be kind." } },
        }).ResponseAsync.Time();

        Assert.Equal([3, 3, 0], reply.Results.Select(result => result.Error?.Code ?? 0));
    }

    [Fact]
    public async Task Audit_TwoAtOnceInOtherChunks_GivesTheSameImprintApartFromTheRun()
    {
        var imprints = await Task.WhenAll(new[] { 3, 60 }.Select(AuditAsync)).Time();

        Assert.Equal(imprints[0], imprints[1]);
        Assert.Equal(60, JsonNode.Parse(imprints[0])!["rows"]!["classified"]!.GetValue<int>());
    }

    private async Task<string> AuditAsync(int chunk)
    {
        using var call = _client.Audit();
        await call.RequestStream.WriteAsync(new AuditRequest { Start = new AuditStart { Files = { new AuditFile { Name = "f", Bytes = 1, Sha256 = new string('0', 64) } } } });
        var line = 0;
        foreach (var texts in Texts(60).Chunk(chunk))
        {
            var rows = texts.Select(text => new AuditRow { Line = ++line, Texts = { new ScopedText { Scope = Scope.Text, Text = text.Text } } });
            await call.RequestStream.WriteAsync(new AuditRequest { Rows = new AuditRows { Rows = { rows } } });
        }

        await call.RequestStream.CompleteAsync();
        while (await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
        {
            if (call.ResponseStream.Current.Result is { } result)
            {
                var imprint = JsonNode.Parse(result.Imprint.Span)!.AsObject();
                Assert.True(imprint.Remove("run"));
                return imprint.ToJsonString();
            }
        }

        throw new InvalidOperationException("The audit ended without an imprint.");
    }

    private static IEnumerable<TextItem> Texts(int count) => Enumerable.Range(0, count).Select(static i => new TextItem
    {
        Id = i.ToString(CultureInfo.InvariantCulture),
        Text = string.Create(CultureInfo.InvariantCulture, $"Human: What is {i} times {i}?\n\nAssistant: {string.Join(' ', Enumerable.Repeat("It is", 1 + (i * 7 % 50)))} {i * i}."),
    });
}
