using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ValueImprint.Client.FakeServer;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Client.Tests;

public sealed class UnaryCallTests
{
    [Fact]
    public async Task ClassifyAsync_TwoTexts_GivesTheirResultsInOrder()
    {
        await using var host = await FakeHost.StartAsync().Soon();
        using var client = new ClassifierClient(Clients.Options(host));

        var (model, outcomes) = await client.ClassifyAsync([Clients.TextOf(1), FakeModel.UnclassifiableWord], ct: TestContext.Current.CancellationToken).Soon();

        Assert.Equal(host.Plan.ModelHash, model.Facts.ContentHash);
        Assert.Equal(Clients.OutcomeOf(1).Scores.ToArray(), outcomes[0].Scores.ToArray());
        Assert.Equal(TextFaultKind.TooLong, outcomes[1].Fault?.Kind);
    }

    [Fact]
    public async Task ListModelsAsync_UnixSocket_GivesModels()
    {
        using var folder = new TestFolder();
        await using var host = await FakeHost.StartAsync(socket: folder.File("s")).Soon();
        using var client = new ClassifierClient(Clients.Options(host));

        var model = Assert.Single(await client.ListModelsAsync(TestContext.Current.CancellationToken).Soon());

        Assert.Equal("fake", model.Facts.Name);
    }

    [Fact]
    public async Task GetModelAsync_ServerStillStarting_IsRepeatedUntilItAnswers()
    {
        await using var host = await FakeHost.StartAsync(new FaultPlan { UnavailableCalls = 3, BusyCalls = 2 }).Soon();
        using var client = new ClassifierClient(Clients.Options(host));

        var model = await client.GetModelAsync(ct: TestContext.Current.CancellationToken).Soon();

        Assert.Equal("fake", model.Facts.Name);
        Assert.Equal(0, host.Plan.UnavailableCalls + host.Plan.BusyCalls);
    }

    [Fact]
    public async Task GetModelAsync_NobodyListens_SaysWhereAndHowLong()
    {
        var address = $"http://localhost:{FreePort()}";
        using var client = new ClassifierClient(Clients.Options(address) with { ConnectTimeout = TimeSpan.FromMilliseconds(300) });
        var clock = Stopwatch.StartNew();

        var fault = await Assert.ThrowsAsync<ClientException>(() => client.GetModelAsync(ct: TestContext.Current.CancellationToken)).Soon();

        Assert.Equal(ClientFault.Unreachable, fault.Fault);
        Assert.Equal(DiagnosticCatalogue.ServerUnavailable, fault.Diagnostic.Code);
        Assert.Matches($@"^{address} did not answer: tried \d+ times in 0\.\d+ s; last seen: Unavailable: .+ Check the address", fault.Message);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task GetModelAsync_NeverUnavailableServer_EndsAtTheDeadline()
    {
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start(); // Takes connections and says nothing.
        using var client = new ClassifierClient(Clients.Options($"http://127.0.0.1:{((IPEndPoint)mute.LocalEndpoint).Port}") with { CallTimeout = TimeSpan.FromMilliseconds(400) });

        var fault = await Assert.ThrowsAsync<ClientException>(() => client.GetModelAsync(ct: TestContext.Current.CancellationToken)).Soon();

        Assert.Equal(ClientFault.Unreachable, fault.Fault);
        Assert.Contains("0.4 s", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetModelAsync_OneOfTwoServersDown_UsesTheOther()
    {
        await using var host = await FakeHost.StartAsync().Soon();
        using var client = new ClassifierClient(Clients.Options($"http://localhost:{FreePort()}", host.Address));

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("fake", (await client.GetModelAsync(ct: TestContext.Current.CancellationToken).Soon()).Facts.Name);
        }
    }

    [Fact]
    public async Task GetModelAsync_UnknownModel_IsNotRepeated()
    {
        await using var host = await FakeHost.StartAsync().Soon();
        using var client = new ClassifierClient(Clients.Options(host));

        var fault = await Assert.ThrowsAsync<ClientException>(() => client.GetModelAsync("nope", TestContext.Current.CancellationToken)).Soon();

        Assert.Equal(ClientFault.UnknownModel, fault.Fault);
        Assert.Contains("Hosted: fake", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetModelAsync_Cancelled_Throws()
    {
        await using var host = await FakeHost.StartAsync(new FaultPlan { UnavailableCalls = int.MaxValue }).Soon();
        using var client = new ClassifierClient(Clients.Options(host));
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetModelAsync(ct: cancel.Token)).Soon();
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
