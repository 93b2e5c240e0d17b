using Microsoft.Extensions.Configuration;
using ValueImprint.Server.Configuration;
using ValueImprint.Server.Hosting;

namespace ValueImprint.Server.Tests.Hosting;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:50151", false)]
    [InlineData("http://localhost:50151", false)]
    [InlineData("http://[::1]:50151/", false)]
    [InlineData("http://0.0.0.0:50151", true)]
    [InlineData("http://*:50151", true)]
    [InlineData("http://[::]:50151", true)]
    [InlineData("https://10.1.2.3:443", true)]
    [InlineData("unix:/run/x.sock", false)]
    [InlineData("unix:///run/x.sock", false)]
    public void TryParse_Addresses_KnowsWhatIsBeyondLoopback(string text, bool beyond)
    {
        Assert.True(ListenAddress.TryParse(text, out var address, out _));
        Assert.Equal(beyond, address.IsBeyondLoopback);
    }

    [Theory]
    [InlineData("127.0.0.1:50151")]
    [InlineData("http://127.0.0.1")]
    [InlineData("http://127.0.0.1:70000")]
    [InlineData("http://127.0.0.1:-1")]
    [InlineData("http://gpu-server:50151")]
    [InlineData("http://localhost:0")]
    [InlineData("ftp://127.0.0.1:1")]
    [InlineData("unix:relative.sock")]
    [InlineData("")]
    public void TryParse_AnythingElse_SaysWhatWasExpected(string text)
    {
        Assert.False(ListenAddress.TryParse(text, out _, out var fault));
        Assert.StartsWith($"'{text}'", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_SocketPathTooLong_SaysHowLongItMayBe()
    {
        Assert.False(ListenAddress.TryParse($"unix:/{new string('x', 103)}", out _, out var fault));
        Assert.Contains("103 bytes", fault, StringComparison.Ordinal);
        Assert.True(ListenAddress.TryParse($"unix:/{new string('x', 102)}", out _, out _));
    }

    [Theory]
    [InlineData("http://0.0.0.0:50151")]
    [InlineData("http://*:50151")]
    [InlineData("http://192.168.1.5:50151")]
    public void Check_PlaintextBeyondLoopback_IsRefusedUnlessAllowed(string address)
    {
        var options = new ServerOptions { Listen = [address] };

        var fault = Assert.Throws<ServerOptionsException>(() => ServerConfiguration.Check(options, Configuration()));
        options.AllowPlaintext = true;
        ServerConfiguration.Check(options, Configuration());

        Assert.Contains(address, fault.Message, StringComparison.Ordinal);
        Assert.Contains("--allow-plaintext", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://*:80", false)]
    [InlineData("http://0.0.0.0:80", false)]
    [InlineData("http://gpu-server:80", false)]
    [InlineData("http://localhost:80", true)]
    [InlineData("http://127.0.0.1:80", true)]
    [InlineData("http://[::1]:80", true)]
    [InlineData("http://unix:/tmp/x.sock", true)]
    [InlineData("https://*:443", true)]
    public void Check_EndpointsOfKestrelsSection_AreHeldToTheSameRule(string url, bool allowed)
    {
        var configuration = Configuration(("Kestrel:Endpoints:Grpc:Url", url));

        var fault = Record.Exception(() => ServerConfiguration.Check(new ServerOptions(), configuration));

        Assert.Equal(allowed, fault is null);
    }

    [Fact]
    public void Check_HttpsWithoutCertificate_SaysWhichSettingsAreMissing()
    {
        var options = new ServerOptions { Listen = ["https://0.0.0.0:50151"] };

        var fault = Assert.Throws<ServerOptionsException>(() => ServerConfiguration.Check(options, Configuration()));

        Assert.Contains("Kestrel:Certificates:Default:Path", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://0.0.0.0:50152")]
    [InlineData("unix:/tmp/h.sock")]
    public void Check_HealthListenThatIsNoPlainTcp_IsRefused(string address) =>
        Assert.Throws<ServerOptionsException>(() => ServerConfiguration.Check(new ServerOptions { HealthListen = address }, Configuration()));

    [Fact]
    public void Check_HealthListenBeyondLoopback_IsAllowed() =>
        ServerConfiguration.Check(new ServerOptions { HealthListen = "http://0.0.0.0:50152" }, Configuration());

    private static IConfiguration Configuration(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(static pair => pair.Key, static pair => (string?)pair.Value)).Build();
}
