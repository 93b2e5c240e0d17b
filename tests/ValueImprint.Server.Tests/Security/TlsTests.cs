using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using ValueImprint.Protocol.V1;
using ValueImprint.Server.Configuration;
using ValueImprint.Server.Security;
using ValueImprint.Server.Tests.Support;

namespace ValueImprint.Server.Tests.Security;

public sealed class TlsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly X509Certificate2 _authority = Issue("authority", issuer: null, isAuthority: true);

    [Fact]
    public async Task Https_CertificateFromKestrelsSection_IsServed()
    {
        await using var server = await StartAsync(static _ => { });

        var models = await Client(server).ListModelsAsync(new ListModelsRequest()).ResponseAsync.Time();

        Assert.Single(models.Models);
    }

    [Fact]
    public async Task ClientAuthorities_CertificateOfTheirs_IsLetIn()
    {
        await using var server = await StartAsync(options => options.ClientAuthorities = _folder.Write("ca.pem", _authority.ExportCertificatePem()));
        using var certificate = Issue("client", _authority, isAuthority: false);

        var models = await Client(server, certificate).ListModelsAsync(new ListModelsRequest()).ResponseAsync.Time();

        Assert.Single(models.Models);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ClientAuthorities_NoCertificateOrAStrangers_IsKeptOut(bool stranger)
    {
        await using var server = await StartAsync(options => options.ClientAuthorities = _folder.Write("ca.pem", _authority.ExportCertificatePem()));
        using var other = Issue("other authority", issuer: null, isAuthority: true);
        using var certificate = stranger ? Issue("client", other, isAuthority: false) : null;

        var fault = await Assert.ThrowsAsync<RpcException>(() => Client(server, certificate).ListModelsAsync(new ListModelsRequest()).ResponseAsync.Time());

        Assert.True(fault.StatusCode is StatusCode.Unavailable or StatusCode.Internal, $"{fault.Status}");
        Assert.Equal(0, server.Metrics.Sum("valueimprint.server.calls.started"));
    }

    [Fact]
    public async Task ClientAuthorities_FileWithoutCertificates_IsRefusedAtTheStart()
    {
        var fault = await Assert.ThrowsAsync<ServerOptionsException>(() => StartAsync(options => options.ClientAuthorities = _folder.Write("ca.pem", "nothing")));

        Assert.Contains("holds no certificate", fault.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    private async Task<TestServer> StartAsync(Action<ServerOptions> configure)
    {
        using var certificate = Issue("localhost", _authority, isAuthority: false);
        using var key = certificate.GetRSAPrivateKey();
        return await TestServer.StartAsync(
            [new ScriptedEngine()],
            options =>
            {
                options.Listen = ["https://127.0.0.1:0"];
                configure(options);
            },
            new Dictionary<string, string?>
            {
                ["Kestrel:Certificates:Default:Path"] = _folder.Write("server.pem", certificate.ExportCertificatePem()),
                ["Kestrel:Certificates:Default:KeyPath"] = _folder.Write("server.key", key!.ExportPkcs8PrivateKeyPem()),
            });
    }

    private ValueClassifier.ValueClassifierClient Client(TestServer server, X509Certificate2? certificate = null)
    {
        var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, shown, _, _) =>
                {
                    using var chain = new X509Chain();
                    chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
                    chain.ChainPolicy.CustomTrustStore.Add(_authority);
                    chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
                    return chain.Build((X509Certificate2)shown!);
                },
                ClientCertificates = certificate is null ? [] : [certificate],
            },
        };
        return new ValueClassifier.ValueClassifierClient(server.Channel(handler: handler));
    }

    private static X509Certificate2 Issue(string name, X509Certificate2? issuer, bool isAuthority)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        if (!isAuthority)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddIpAddress(IPAddress.Loopback);
            request.CertificateExtensions.Add(names.Build());
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], false));
        }

        var from = DateTimeOffset.UtcNow.AddHours(-1);
        var to = DateTimeOffset.UtcNow.AddHours(isAuthority ? 2 : 1);
        if (issuer is null)
        {
            return request.CreateSelfSigned(from, to);
        }

        using var issued = request.Create(issuer, from, to, RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }
}
