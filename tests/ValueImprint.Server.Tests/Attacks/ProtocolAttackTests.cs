using System.Diagnostics;
using System.Globalization;
using Grpc.Core;
using Grpc.Health.V1;
using ValueImprint.Protocol.V1;
using ValueImprint.Server.Tests.Support;

namespace ValueImprint.Server.Tests.Attacks;

/// <summary>What one client can do to the others by speaking the protocol as nobody of goodwill does. Small here; the bench has it large.</summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class ProtocolAttackTests : IDisposable
{
    private const string Classify = "/valueimprint.v1.ValueClassifier/Classify";
    private const string Stream = "/valueimprint.v1.ValueClassifier/ClassifyStream";

    private readonly TempFolder _folder = new();
    private readonly List<RawHttp2> _attackers = [];

    [Fact]
    public async Task BegunCalls_OfMessagesThatNeverEnd_TakeNoSlots()
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine(), static options => options.MaxCalls = 8);

        await BeginAsync(server, Classify, connections: 3, calls: 10);
        await Within.Until(() => _attackers.Sum(static attacker => attacker.EndedStreams) == 30 - 8, "all begun calls have arrived, and the oldest have given way");

        await AssertServesAsync(server);
    }

    [Fact]
    public async Task BegunCalls_MessageTimeout_EndsThemWithTheReason()
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine(), static options => options.MessageTimeout = TimeSpan.FromMilliseconds(300));
        var attacker = await BeginAsync(server, Classify, connections: 1, calls: 5);

        await Within.Until(() => attacker.EndedStreams == 5, "all begun calls have ended");

        await Within.Until(() => attacker.HasHeader("MessageTimeout"), "the reason has arrived");
        await AssertServesAsync(server);
    }

    [Fact]
    public async Task BegunCalls_Stop_EndsThemAtOnce()
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine(), static options => options.DrainTimeout = TimeSpan.FromMinutes(1));
        await BeginAsync(server, Classify, connections: 1, calls: 20);
        await BeginAsync(server, Stream, connections: 1, calls: 20);
        await BeginAsync(server, "/grpc.health.v1.Health/Check", connections: 1, calls: 20);

        var began = Stopwatch.GetTimestamp();
        await server.StopAsync().Time();

        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task BegunCalls_ConnectionsThatVanish_LeaveNothingBehind()
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine(), static options => options.DrainTimeout = TimeSpan.FromMinutes(1));
        for (var i = 0; i < 10; i++)
        {
            await (await BeginAsync(server, Classify, connections: 1, calls: 20)).DisposeAsync();
        }

        await server.StopAsync().Time();

        Assert.False(server.Logged.Has(20), server.Logged.All);
        Assert.False(server.Logged.Has(21), server.Logged.All);
    }

    [Fact]
    public async Task MalformedMessage_ToHealth_IsAnInvalidArgument()
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine());
        var attacker = await RawHttp2.ConnectAsync(server.Address);
        _attackers.Add(attacker);

        await attacker.SendAsync(RawHttp2.Begin(1, "/grpc.health.v1.Health/Check"), new Frame(Frame.Data, Frame.EndStream, 1, [0, 0, 0, 0, 1, 0x0A]));

        await Within.Until(() => attacker.EndedStreams == 1, "the call is refused");
        await Within.Until(() => attacker.HasHeader("malformed"), "the reason has arrived");
    }

    [Fact]
    public async Task AnswersNobodyTakes_Stop_IsOverAfterTheDrain()
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine(), static options => options.DrainTimeout = TimeSpan.FromMinutes(1));
        var attacker = await RawHttp2.ConnectAsync(server.Address, initialWindow: 0);
        _attackers.Add(attacker);
        for (var stream = 1; stream < 40; stream += 2)
        {
            await attacker.SendAsync(RawHttp2.Begin(stream, Classify), Data(stream, new ClassifyRequest { Texts = { new TextItem { Text = "text" } } }, Frame.EndStream));
        }

        await Within.Until(() => server.Metrics.Sum("valueimprint.server.calls.succeeded") == 20, "all calls wait for their answer to be taken");
        var began = Stopwatch.GetTimestamp();
        await server.StopAsync().Time();

        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData(Stream)]
    [InlineData("/valueimprint.v1.valueclassifier/ClassifyStream")]
    [InlineData("/VALUEIMPRINT.V1.VALUECLASSIFIER/CLASSIFYSTREAM")]
    public async Task OtherLetters_InThePath_AreCountedAllTheSame(string path)
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine(), static options => options.MaxCalls = 5);

        var attacker = await BeginAsync(server, path, connections: 1, calls: 12, withMessage: true);

        await Within.Until(() => attacker.EndedStreams == 7, "those beyond MaxCalls are refused");
        Assert.Equal(5, server.Gate.Active);
    }

    [Fact]
    public async Task SilentStreams_OnAllSlots_YieldToANewCall()
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine(), static options =>
        {
            options.MaxCalls = 5;
            options.YieldTimeout = TimeSpan.FromMilliseconds(100);
        });
        var attacker = await BeginAsync(server, Stream, connections: 1, calls: 5, withMessage: true);
        await Within.Until(() => server.Gate.Active == 5, "all slots are taken");

        await Within.Until(() => TryServe(server), "a new call is served");

        await Within.Until(() => attacker.HasHeader("YieldTimeout"), "the reason has arrived");
    }

    [Fact]
    public async Task SilentConnections_AsManyAsAreTaken_MakeRoomForOthers()
    {
        var tokens = _folder.Write("tokens", "a-token-of-some-length");
        await using var server = await TestServer.StartAsync(new ScriptedEngine(), options =>
        {
            options.MaxConnections = 20;
            options.AcceptTokens = tokens;
        });
        for (var i = 0; i < 40; i++)
        {
            _attackers.Add(i % 2 == 0 ? await RawHttp2.ConnectSilentlyAsync(server.Address) : await RawHttp2.ConnectAsync(server.Address));
        }

        await AssertServesAsync(server, new Metadata { { "authorization", "Bearer a-token-of-some-length" } });
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, (await server.Health.CheckAsync(new HealthCheckRequest()).ResponseAsync.Time()).Status);
    }

    [Fact]
    public async Task SilentConnection_FirstCallTimeout_IsClosed()
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine(), static options => options.FirstCallTimeout = TimeSpan.FromMilliseconds(200));
        var silent = await RawHttp2.ConnectAsync(server.Address);
        _attackers.Add(silent);

        await silent.Closed.Time();
    }

    [Fact]
    public async Task ManyItems_InOneMessage_AreCountedBeforeTheyAreParsed()
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine());
        var body = new byte[4_000_000];
        for (var i = 0; i < body.Length; i += 2)
        {
            body[i] = 0x12; // Field 2, an empty message.
        }

        GC.Collect();
        var before = GC.GetTotalAllocatedBytes();
        var attacker = await RawHttp2.ConnectAsync(server.Address);
        _attackers.Add(attacker);
        await attacker.SendAsync(RawHttp2.Begin(1, Classify));
        await attacker.SendBodyAsync(1, RawHttp2.Message(body), TestContext.Current.CancellationToken).Time();
        await Within.Until(() => attacker.EndedStreams == 1, "the call is refused");

        // The body itself is here a few times, in this process too; as objects its texts would be 96 MB.
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 60_000_000);
        await Within.Until(() => attacker.HasHeader("2000000 texts in one message"), "the reason has arrived");
    }

    [Theory]
    [InlineData("000000000112", "a text without its length")]
    [InlineData("0000000004FFFFFFFF", "a tag without end")]
    [InlineData("00000000031A0A41", "a length beyond the message")]
    public async Task MalformedMessage_IsAnInvalidArgumentAndNoPageOfLog(string hex, string what)
    {
        await using var server = await TestServer.StartAsync(new ScriptedEngine());
        var attacker = await RawHttp2.ConnectAsync(server.Address);
        _attackers.Add(attacker);
        var message = Convert.FromHexString(hex);
        BitConverter.GetBytes(System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(message.Length - 5)).CopyTo(message, 1);

        for (var stream = 1; stream < 60; stream += 2)
        {
            await attacker.SendAsync(RawHttp2.Begin(stream, Classify), new Frame(Frame.Data, Frame.EndStream, stream, message));
        }

        await Within.Until(() => attacker.EndedStreams == 30, what);
        Assert.True(attacker.HasHeader(((int)StatusCode.InvalidArgument).ToString(CultureInfo.InvariantCulture)), what);
        Assert.True(attacker.HasHeader("is no valueimprint.v1.ClassifyRequest"), what);
        Assert.False(server.Logged.Has(21), server.Logged.All);
    }

    [Fact]
    public async Task RefusedCalls_ByTheHundred_AreLoggedAFewTimes()
    {
        var tokens = _folder.Write("tokens", "a-token-of-some-length");
        await using var server = await TestServer.StartAsync(new ScriptedEngine(), options => options.AcceptTokens = tokens);
        var attacker = await RawHttp2.ConnectAsync(server.Address);
        _attackers.Add(attacker);

        for (var stream = 1; stream < 600; stream += 2)
        {
            await attacker.SendAsync(RawHttp2.Begin(stream, "/" + new string('x', 2000)));
            await Within.Until(() => attacker.EndedStreams == (stream / 2) + 1, "the call is refused");
        }

        Assert.InRange(server.Logged.Count(33), 1, 20);
        Assert.DoesNotContain("xxxx", server.Logged.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clients_BeyondTheirShare_AreRefusedWhileOthersAreServed()
    {
        var tokens = _folder.Write("tokens", "a-token-of-some-length\nb-token-of-some-length");
        await using var server = await TestServer.StartAsync(new ScriptedEngine(), options =>
        {
            options.MaxCalls = 10;
            options.AcceptTokens = tokens;
        });
        var greedy = await BeginAsync(server, Stream, connections: 1, calls: 9, withMessage: true, ("authorization", "Bearer a-token-of-some-length"));
        await Within.Until(() => greedy.EndedStreams == 4, "those beyond the share are refused");

        await Within.Until(() => greedy.HasHeader("MaxCallsPerClient"), "the reason has arrived");
        await AssertServesAsync(server, new Metadata { { "authorization", "Bearer b-token-of-some-length" } });
    }

    public void Dispose()
    {
        _attackers.ForEach(static attacker => attacker.DisposeAsync().AsTask().GetAwaiter().GetResult());
        _folder.Dispose();
    }

    // The last connection is returned.
    private async Task<RawHttp2> BeginAsync(
        TestServer server, string path, int connections, int calls, bool withMessage = false, params (string Name, string Value)[] headers)
    {
        RawHttp2? attacker = null;
        for (var i = 0; i < connections; i++)
        {
            attacker = await RawHttp2.ConnectAsync(server.Address);
            _attackers.Add(attacker);
            for (var call = 0; call < calls; call++)
            {
                var stream = (2 * call) + 1;
                await attacker.SendAsync(
                    RawHttp2.Begin(stream, path, headers),
                    withMessage ? Data(stream, new ClassifyStreamRequest(), 0) : new Frame(Frame.Data, 0, stream, [0, 0, 0, 0, 0x10, 0x12]));
            }
        }

        return attacker!; // There is one connection or more.
    }

    private static Frame Data(int stream, Google.Protobuf.IMessage message, byte flags) =>
        new(Frame.Data, flags, stream, RawHttp2.Message(Google.Protobuf.MessageExtensions.ToByteArray(message)));

    // Within what a person doesn't notice, on a machine that does other things too.
    private static async Task AssertServesAsync(TestServer server, Metadata? headers = null)
    {
        var classifier = server.Classifier;
        var times = new List<TimeSpan>();
        for (var i = 0; i < 20; i++)
        {
            var began = Stopwatch.GetTimestamp();
            var response = await classifier.ClassifyAsync(new ClassifyRequest { Texts = { new TextItem { Text = "text" } } }, headers).ResponseAsync.Time();
            times.Add(Stopwatch.GetElapsedTime(began));
            Assert.NotNull(Assert.Single(response.Results).Classification);
        }

        Assert.InRange(times.Skip(1).Max(), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    private static bool TryServe(TestServer server)
    {
        try
        {
            return server.Classifier.Classify(new ClassifyRequest { Texts = { new TextItem { Text = "text" } } }).Results.Count == 1;
        }
        catch (RpcException fault) when (fault.StatusCode == StatusCode.ResourceExhausted)
        {
            return false;
        }
    }
}
