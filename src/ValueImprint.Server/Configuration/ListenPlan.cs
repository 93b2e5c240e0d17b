using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using ValueImprint.Server.Configuration;

namespace ValueImprint.Server.Configuration;

/// <summary>Which addresses a server listens on, and whether it may.</summary>
internal static class ListenPlan
{
    private const string Advice =
        "Listen on https:// (Kestrel:Certificates:Default:Path names the certificate), on loopback or on a Unix socket; or set AllowPlaintext "
        + "(--allow-plaintext) where the network itself is trusted.";

    /// <summary>The addresses of <see cref="ServerOptions.Listen"/>; the default one when neither they nor Kestrel's section name any.</summary>
    public static IEnumerable<ListenAddress> Addresses(ServerOptions options, IConfiguration configuration) =>
        options.Listen.Count == 0 && !configuration.GetSection("Kestrel:Endpoints").GetChildren().Any()
            ? [Parse(ServerOptions.DefaultListen)]
            : options.Listen.Select(Parse);

    public static ListenAddress? HealthAddress(ServerOptions options) => options.HealthListen is { } text ? Parse(text) : null;

    public static void Check(ServerOptions options, IConfiguration configuration, List<string> faults)
    {
        foreach (var text in options.Listen.Append(options.HealthListen).OfType<string>())
        {
            if (!ListenAddress.TryParse(text, out var address, out var fault))
            {
                faults.Add(fault);
            }
            else if (ReferenceEquals(text, options.HealthListen))
            {
                CheckHealth(address, faults);
            }
            else
            {
                CheckEncryption(address, options, configuration, faults);
            }
        }

        CheckKestrelEndpoints(options, configuration, faults);
    }

    private static void CheckHealth(ListenAddress address, List<string> faults)
    {
        if (address.IsHttps || address.IsUnixSocket)
        {
            faults.Add($"HealthListen '{address.Text}': expected http://IP:PORT; every other kind of address answers health checks anyway.");
        }
    }

    private static void CheckEncryption(ListenAddress address, ServerOptions options, IConfiguration configuration, List<string> faults)
    {
        if (address is { IsBeyondLoopback: true, IsHttps: false } && !options.AllowPlaintext)
        {
            faults.Add($"'{address.Text}' would take texts and tokens unencrypted from other machines. {Advice}");
        }

        if (address.IsHttps && !configuration.GetSection("Kestrel:Certificates:Default").GetChildren().Any())
        {
            faults.Add(
                $"'{address.Text}' needs a certificate: set Kestrel:Certificates:Default:Path and :KeyPath (PEM), or :Path and :Password (PFX).");
        }
    }

    private static void CheckKestrelEndpoints(ServerOptions options, IConfiguration configuration, List<string> faults)
    {
        foreach (var endpoint in configuration.GetSection("Kestrel:Endpoints").GetChildren())
        {
            // Without a URL Kestrel itself refuses to start and says so.
            if (endpoint["Url"] is not { } url || options.AllowPlaintext)
            {
                continue;
            }

            var address = BindingAddress.Parse(url);
            var loopback = address.IsUnixPipe || address.IsNamedPipe || address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
                || (System.Net.IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && System.Net.IPAddress.IsLoopback(ip));
            if (!loopback && !address.Scheme.Equals("https", StringComparison.OrdinalIgnoreCase))
            {
                faults.Add($"{endpoint.Path}: '{url}' would take texts and tokens unencrypted from other machines. {Advice}");
            }
        }
    }

    private static ListenAddress Parse(string text) =>
        ListenAddress.TryParse(text, out var address, out var fault) ? address : throw new ServerOptionsException(fault);
}
