using System.Security.Cryptography;
using System.Text;
using ValueImprint.Server.Configuration;

namespace ValueImprint.Server.Security;

/// <summary>The form of a token file: one token a line, empty lines and lines that begin with <c>#</c> left out.</summary>
internal static class TokenLines
{
    /// <summary>In bytes.</summary>
    public const int LargestFile = 1 << 20;

    private const int ShortestToken = 16;
    private const int LongestToken = 4096;
    private const int MostTokens = 1000;

    /// <summary>SHA-256 of every token.</summary>
    /// <exception cref="ServerOptionsException">Names file and line, never the token.</exception>
    public static byte[][] Parse(string path, string content)
    {
        var hashes = new List<byte[]>();
        var number = 0;
        foreach (var line in content.Split('\n'))
        {
            number++;
            var token = line.Trim();
            if (token.Length == 0 || token[0] == '#')
            {
                continue;
            }

            Check(token, $"{path}({number})");
            hashes.Add(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        }

        return hashes.Count switch
        {
            0 => throw new ServerOptionsException($"{path}: no token; expected one a line, at least {ShortestToken} characters each."),
            > MostTokens => throw new ServerOptionsException($"{path}: {hashes.Count} tokens; expected at most {MostTokens}."),
            _ => [.. hashes],
        };
    }

    private static void Check(string token, string place)
    {
        if (token.Length is < ShortestToken or > LongestToken)
        {
            throw new ServerOptionsException(
                $"{place}: a token of {token.Length} characters; expected {ShortestToken} to {LongestToken}, such as 'openssl rand -hex 32' prints.");
        }

        if (!token.All(static character => character is > ' ' and <= '~'))
        {
            throw new ServerOptionsException($"{place}: a token with spaces or characters beyond ASCII can't travel in a header.");
        }
    }
}
