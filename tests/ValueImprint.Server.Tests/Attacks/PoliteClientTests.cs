using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using ValueImprint.Protocol.V1;
using ValueImprint.Server.Tests.Support;

namespace ValueImprint.Server.Tests.Attacks;

/// <summary>
/// A client of goodwill beside one that attacks without pause: it is served, memory comes back, and the server stops when it should. The
/// bounds are generous, for machines that do other things too: they tell a hang and a leak, not a millisecond.
/// </summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class PoliteClientTests : IDisposable
{
    private const string Classify = "/valueimprint.v1.ValueClassifier/Classify";
    private const string Stream = "/valueimprint.v1.ValueClassifier/ClassifyStream";
    private const string Token = "a-token-of-some-length";
    private const string PoliteToken = "b-token-of-some-length";

    private static readonly byte[] ManyItems = RawHttp2.Message([.. Enumerable.Range(0, 400_000).Select(static i => i % 2 == 0 ? (byte)0x12 : (byte)0)]);

    private static readonly Dictionary<string, Func<string, int, Task<RawHttp2>>> Attacks = new()
    {
        ["begun calls"] = static (address, _) => BeginAsync(address, static stream => [RawHttp2.Begin(stream, Classify, Authorized), new Frame(Frame.Data, 0, stream, [0, 0, 0, 0, 0x10, 0x12])]),
        ["begun streams"] = static (address, _) => BeginAsync(address, static stream => [RawHttp2.Begin(stream, Stream, Authorized)]),
        ["silent streams"] = static (address, _) => BeginAsync(address, static stream => [RawHttp2.Begin(stream, Stream, Authorized), new Frame(Frame.Data, 0, stream, [0, 0, 0, 0, 0])]),
        ["rapid reset"] = static (address, _) => BeginAsync(address, static stream => [RawHttp2.Begin(stream, Classify, Authorized), new Frame(Frame.Reset, 0, stream, [0, 0, 0, 8])]),
        ["ping flood"] = static (address, _) => BeginAsync(address, static _ => [.. Enumerable.Range(0, 50).Select(static _ => new Frame(Frame.Ping, 0, 0, new byte[8]))]),
        ["settings flood"] = static (address, _) => BeginAsync(address, static _ => [.. Enumerable.Range(0, 50).Select(static _ => new Frame(Frame.Settings, 0, 0, []))]),
        ["headers without end"] = static (address, _) => BeginAsync(address, static stream => [RawHttp2.Begin(stream, Classify) with { Flags = 0 }, new Frame(9, 0, stream, new byte[8000])]),
        ["refused calls"] = static (address, _) => BeginAsync(address, static stream => [RawHttp2.Begin(stream, Classify)]),
        ["malformed messages"] = static (address, _) => BeginAsync(address, static stream => [RawHttp2.Begin(stream, Classify, Authorized), new Frame(Frame.Data, Frame.EndStream, stream, [0, 0, 0, 0, 1, 0x12])]),
        ["many items"] = static async (address, _) =>
        {
            var attacker = await RawHttp2.ConnectAsync(address);
            await attacker.SendAsync(RawHttp2.Begin(1, Classify, Authorized));
            await attacker.SendBodyAsync(1, ManyItems, TestContext.Current.CancellationToken);
            return attacker;
        },
        ["silence"] = static (address, _) => RawHttp2.ConnectSilentlyAsync(address),
        ["garbage"] = static async (address, seed) =>
        {
            var bytes = new byte[4096];
            new Random(seed).NextBytes(bytes);
            var attacker = await RawHttp2.ConnectAsync(address);
            await attacker.SendGarbageAsync(bytes);
            return attacker;
        },
    };

    private readonly TempFolder _folder = new();

    public static TheoryData<string, string> Cases { get; } =
        new(Attacks.Keys.SelectMany(static attack => new[] { (attack, "http"), (attack, "https") }));

    private static (string, string)[] Authorized => [("authorization", $"Bearer {Token}")];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task PoliteClient_BesideAnAttack_IsServed(string attack, string scheme)
    {
        await using var server = await StartAsync(scheme);
        var classifier = new ValueClassifier.ValueClassifierClient(server.Channel(handler: new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = static (_, _, _, _) => true },
        }));
        await CallAsync(classifier);
        var memory = GC.GetTotalMemory(forceFullCollection: true);
        using var over = new CancellationTokenSource();
        var attackers = new List<RawHttp2>();
        var attacking = AttackAsync(Attacks[attack], server.Address, attackers, over.Token);

        var times = new List<TimeSpan>();
        for (var i = 0; i < 60; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await CallAsync(classifier);
            times.Add(Stopwatch.GetElapsedTime(began));
        }

        await over.CancelAsync();
        await attacking.Time();
        Assert.NotEmpty(attackers);
        var stopping = Stopwatch.GetTimestamp();
        await server.StopAsync().Time();
        var stopped = Stopwatch.GetElapsedTime(stopping);
        foreach (var attacker in attackers)
        {
            await attacker.DisposeAsync();
        }

        attackers.Clear();
        Assert.InRange(times.Order().ElementAt(58), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.InRange(stopped, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - memory, long.MinValue, 64 << 20);
        Assert.InRange(server.Logged.All.Length, 0, 100_000);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task CallAsync(ValueClassifier.ValueClassifierClient classifier)
    {
        var response = await classifier.ClassifyAsync(
            new ClassifyRequest { Texts = { new TextItem { Text = "text" } } }, new Metadata { { "authorization", $"Bearer {PoliteToken}" } }).ResponseAsync.Time();
        Assert.NotNull(Assert.Single(response.Results).Classification);
    }

    // At most so many connections at once: the attack is on the server, and not on this process.
    private static async Task AttackAsync(Func<string, int, Task<RawHttp2>> attack, string address, List<RawHttp2> attackers, CancellationToken over)
    {
        for (var seed = 0; !over.IsCancellationRequested; seed++)
        {
            try
            {
                attackers.Add(await attack(address, seed));
            }
            catch (Exception fault) when (fault is IOException or System.Net.Sockets.SocketException or System.Security.Authentication.AuthenticationException)
            {
                // The server has had enough of it.
            }

            if (attackers.Count > 30)
            {
                await attackers[0].DisposeAsync();
                attackers.RemoveAt(0);
            }
        }
    }

    private static async Task<RawHttp2> BeginAsync(string address, Func<int, IEnumerable<Frame>> frames)
    {
        var attacker = await RawHttp2.ConnectAsync(address);
        for (var stream = 1; stream < 50; stream += 2)
        {
            await attacker.SendAsync(frames(stream));
        }

        return attacker;
    }

    private Task<TestServer> StartAsync(string scheme)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
        return TestServer.StartAsync(
            [new ScriptedEngine()],
            options =>
            {
                options.Listen = [$"{scheme}://{IPAddress.Loopback}:0"];
                options.AcceptTokens = _folder.Write("tokens", $"{Token}\n{PoliteToken}");
                options.MaxConnections = 20;
                options.YieldTimeout = TimeSpan.FromMilliseconds(200);
                options.DrainTimeout = TimeSpan.FromSeconds(1);
            },
            new()
            {
                ["Kestrel:Certificates:Default:Path"] = _folder.Write("tls.crt", certificate.ExportCertificatePem()),
                ["Kestrel:Certificates:Default:KeyPath"] = _folder.Write("tls.key", key.ExportPkcs8PrivateKeyPem()),
            });
    }
}
