using System.Text;

namespace ValueImprint.Client.Connections;

/// <summary>A token that is known, or read from its file anew for each call, so that it may be rotated.</summary>
internal sealed class BearerToken(string? value, string? file)
{
    private const int MostBytes = 64 * 1024;

    /// <exception cref="ClientException">The file can't be read or holds no token.</exception>
    public string Read()
    {
        var token = (file is null ? value ?? "" : ReadFile(file)).Trim();
        if (token.Length == 0 || token.Any(static c => c is <= ' ' or > '~'))
        {
            var place = file is null ? "The token" : $"The token file '{file}'";
            throw new ClientException(
                ClientFault.InvalidOption, $"{place} {(token.Length == 0 ? "is empty" : "holds more than one line of visible ASCII characters")}; expected one token.");
        }

        return token;
    }

    private static string ReadFile(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            var bytes = new byte[MostBytes];
            var length = stream.ReadAtLeast(bytes, MostBytes, throwOnEndOfStream: false);
            return length < MostBytes
                ? Encoding.UTF8.GetString(bytes.AsSpan(0, length))
                : throw new ClientException(ClientFault.InvalidOption, $"The token file '{file}' is larger than {MostBytes} bytes; expected one token.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ClientException(ClientFault.InvalidOption, $"The token file '{file}' can't be read: {fault.Message}", fault);
        }
    }
}
