using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ValueImprint.Client.Connections;

/// <summary>Whom to trust and what to show. The server's name and chain are always verified.</summary>
internal static class TlsSettings
{
    /// <exception cref="ClientException">A file can't be read or holds no certificate.</exception>
    public static SslClientAuthenticationOptions Create(ClientOptions options)
    {
        var tls = new SslClientAuthenticationOptions();
        if (options.AuthorityFile is { } authorities)
        {
            var policy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,

                // Authorities of one's own rarely run a revocation service.
                RevocationMode = X509RevocationMode.NoCheck,
            };
            policy.CustomTrustStore.AddRange(Read(authorities, LoadAuthorities));
            tls.CertificateChainPolicy = policy;
        }

        if (options.ClientCertificateFile is { } certificate)
        {
            tls.ClientCertificates = [Read(certificate, file => LoadCertificate(file, options.ClientKeyFile))];
        }

        return tls;
    }

    private static X509Certificate2Collection LoadAuthorities(string file)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        return authorities.Count > 0
            ? authorities
            : throw new ClientException(ClientFault.InvalidOption, $"'{file}' holds no certificate; expected PEM blocks 'BEGIN CERTIFICATE'.");
    }

    private static X509Certificate2 LoadCertificate(string file, string? keyFile)
    {
        var certificate = X509Certificate2.CreateFromPemFile(file, keyFile ?? file);
        if (!OperatingSystem.IsWindows())
        {
            return certificate;
        }

        // Windows' TLS can't use a key that lives in memory alone.
        using (certificate)
        {
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
        }
    }

    private static T Read<T>(string file, Func<string, T> load)
    {
        try
        {
            return load(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ClientException(ClientFault.InvalidOption, $"'{file}' can't be read as a PEM certificate: {fault.Message}", fault);
        }
    }
}
