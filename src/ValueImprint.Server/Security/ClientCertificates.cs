using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using ValueImprint.Server.Configuration;

namespace ValueImprint.Server.Security;

/// <summary>Mutual TLS against authorities of one's own, which Kestrel's configuration can't name.</summary>
internal static class ClientCertificates
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2"; // RFC 5280, section 4.2.1.12

    /// <exception cref="ServerOptionsException">The file can't be read or holds no certificate.</exception>
    public static void Apply(KestrelServerOptions kestrel, string? authoritiesFile)
    {
        if (authoritiesFile is null)
        {
            return;
        }

        var authorities = Load(authoritiesFile);
        kestrel.ConfigureHttpsDefaults(https =>
        {
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.ClientCertificateValidation = (certificate, presented, _) => IsIssuedBy(authorities, certificate, presented);
        });
    }

    private static X509Certificate2Collection Load(string file)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ServerOptionsException($"ClientAuthorities '{file}': {fault.Message}");
        }

        return authorities.Count > 0
            ? authorities
            : throw new ServerOptionsException($"ClientAuthorities '{file}' holds no certificate; expected PEM blocks 'BEGIN CERTIFICATE'.");
    }

    private static bool IsIssuedBy(X509Certificate2Collection authorities, X509Certificate2 certificate, X509Chain? presented)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthentication));

        // Authorities of one's own rarely run a revocation service; taking a certificate back means replacing the authority.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        X509Certificate2[] intermediates = [.. presented?.ChainElements.Select(static element => element.Certificate) ?? []];
        chain.ChainPolicy.ExtraStore.AddRange(intermediates);

        return chain.Build(certificate);
    }
}
