using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace ValueImprint.Server.Configuration;

/// <summary>An address to listen on: <c>http://IP:PORT</c>, <c>https://IP:PORT</c> or <c>unix:/PATH</c>.</summary>
internal sealed record ListenAddress(string Text, bool IsHttps, string? SocketPath, IPAddress? Ip, int Port)
{
    // Length of sun_path less the closing zero: Linux takes 108 bytes, macOS 104. The smaller, so that a path works on both.
    private const int MaxSocketPathBytes = 103;

    private const string Expected = "expected http://IP:PORT, https://IP:PORT (or localhost or * in place of IP) or unix:/PATH";

    public bool IsUnixSocket => SocketPath is not null;

    /// <summary>Both loopback addresses; <see cref="Ip"/> is unset.</summary>
    public bool IsLocalhost => !IsUnixSocket && Ip is null;

    public bool IsBeyondLoopback => Ip is not null && !IPAddress.IsLoopback(Ip);

    public static bool TryParse(string text, [NotNullWhen(true)] out ListenAddress? address, [NotNullWhen(false)] out string? fault)
    {
        address = null;
        fault = null;
        if (text.StartsWith("unix:", StringComparison.OrdinalIgnoreCase))
        {
            return TryParseSocket(text, out address, out fault);
        }

        var separator = text.IndexOf("://", StringComparison.Ordinal);
        var scheme = separator < 0 ? "" : text[..separator].ToLowerInvariant();
        var authority = separator < 0 ? "" : text[(separator + 3)..].TrimEnd('/');
        var colon = authority.LastIndexOf(':');
        if (scheme is not ("http" or "https") || colon < 1
            || !int.TryParse(authority.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port > IPEndPoint.MaxPort)
        {
            fault = $"'{text}' is no address to listen on: {Expected}.";
            return false;
        }

        var host = authority[..colon].Trim('[', ']');
        var ip = host is "*" or "+" ? IPAddress.IPv6Any : IPAddress.TryParse(host, out var parsed) ? parsed : null;
        if (ip is null && !host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            fault = $"'{text}': '{host}' is not an address of this machine's interfaces; {Expected}.";
            return false;
        }

        if (ip is null && port == 0)
        {
            fault = $"'{text}': a free port can't be the same on both loopback addresses; write {scheme}://127.0.0.1:0.";
            return false;
        }

        address = new ListenAddress(text, scheme == "https", null, ip, port);
        return true;
    }

    private static bool TryParseSocket(string text, [NotNullWhen(true)] out ListenAddress? address, [NotNullWhen(false)] out string? fault)
    {
        var path = text["unix:".Length..];
        path = path.StartsWith("///", StringComparison.Ordinal) ? path[2..] : path;
        address = null;
        fault = null;
        if (!Path.IsPathFullyQualified(path))
        {
            fault = $"'{text}': the path of a Unix socket must be absolute, as in unix:/run/valueimprint/server.sock.";
        }
        else if (System.Text.Encoding.UTF8.GetByteCount(path) > MaxSocketPathBytes)
        {
            fault = $"'{text}': the path of a Unix socket has at most {MaxSocketPathBytes} bytes; choose a folder nearer to the root.";
        }
        else
        {
            address = new ListenAddress(text, false, path, null, 0);
        }

        return address is not null;
    }
}
