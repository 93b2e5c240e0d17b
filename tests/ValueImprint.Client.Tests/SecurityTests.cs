using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ValueImprint.Client.FakeServer;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Client.Tests;

public sealed class SecurityTests
{
    [Fact]
    public async Task Call_WrongToken_SaysThatOneIsNeeded()
    {
        await using var host = await FakeHost.StartAsync(new FaultPlan { Token = "right" }).Soon();
        using var client = new ClassifierClient(Clients.Options(host) with { Token = "wrong" });

        var fault = await Assert.ThrowsAsync<ClientException>(() => client.GetModelAsync(ct: TestContext.Current.CancellationToken)).Soon();

        Assert.Equal(ClientFault.Unauthenticated, fault.Fault);
        Assert.DoesNotContain("wrong", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_TokenFileRotated_UsesTheNewToken()
    {
        using var folder = new TestFolder();
        var file = folder.Write("token", "first\n");
        await using var host = await FakeHost.StartAsync(new FaultPlan { Token = "first" }).Soon();
        using var client = new ClassifierClient(Clients.Options(host) with { TokenFile = file });
        await client.GetModelAsync(ct: TestContext.Current.CancellationToken).Soon();

        folder.Write("token", "second\n");
        host.Plan.Token = "second";

        Assert.Equal("fake", (await client.GetModelAsync(ct: TestContext.Current.CancellationToken).Soon()).Facts.Name);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("two\nlines", "more than one line")]
    public void Client_UselessTokenFile_IsRefusedAtOnce(string content, string expected)
    {
        using var folder = new TestFolder();
        var options = Clients.Options("http://localhost:1") with { TokenFile = folder.Write("token", content) };

        var fault = Assert.Throws<ClientException>(() => new ClassifierClient(options));

        Assert.Equal(ClientFault.InvalidOption, fault.Fault);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    // The token is a header, which gRPC sends over any channel: this refusal is all that stops it.
    [Theory]
    [InlineData("http://server.example:1")]
    [InlineData("http://192.0.2.1:1")]
    [InlineData("http://[2001:db8::1]:1")]
    public void Client_TokenWithoutEncryptionToAnotherMachine_IsRefused(string server)
    {
        var options = Clients.Options(server) with { Token = "x" };

        Assert.Contains("unencrypted", Assert.Throws<ClientException>(() => new ClassifierClient(options)).Message, StringComparison.Ordinal);
        using var allowed = new ClassifierClient(options with { AllowPlaintextToken = true });
    }

    [Fact]
    public async Task Call_Https_TrustsTheNamedAuthorityAlone()
    {
        using var folder = new TestFolder();
        using var certificate = SelfSigned();
        await using var host = await FakeHost.StartAsync(certificate: certificate).Soon();
        var options = Clients.Options(host) with { ConnectTimeout = TimeSpan.FromMilliseconds(500) };
        using var trusting = new ClassifierClient(options with { AuthorityFile = folder.Write("ca.pem", certificate.ExportCertificatePem()) });
        using var strict = new ClassifierClient(options);

        Assert.Equal("fake", (await trusting.GetModelAsync(ct: TestContext.Current.CancellationToken).Soon()).Facts.Name);
        var fault = await Assert.ThrowsAsync<ClientException>(() => strict.GetModelAsync(ct: TestContext.Current.CancellationToken)).Soon();

        Assert.StartsWith("https://", host.Address, StringComparison.Ordinal);
        Assert.Contains("certificate", fault.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Client_AuthorityFileWithoutCertificate_IsRefusedAtOnce()
    {
        using var folder = new TestFolder();
        var options = Clients.Options("https://localhost:1") with { AuthorityFile = folder.Write("ca.pem", "nothing") };

        Assert.Contains("holds no certificate", Assert.Throws<ClientException>(() => new ClassifierClient(options)).Message, StringComparison.Ordinal);
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
