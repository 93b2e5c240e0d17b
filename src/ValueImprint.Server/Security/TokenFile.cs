using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using ValueImprint.Server.Configuration;

namespace ValueImprint.Server.Security;

/// <summary>
/// The bearer tokens of a server. The file is read again, at most once a second, when a call comes; a changed file that is in order
/// takes effect, one that isn't leaves the tokens as they were and is logged.
/// </summary>
internal sealed class TokenFile
{
    private const string Scheme = "Bearer ";

    private static readonly TimeSpan RecheckAfter = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly ILogger<TokenFile> _logger;
    private byte[] _contentHash;
    private long _checked;
    private volatile byte[][] _tokenHashes;

    /// <exception cref="ServerOptionsException">The file can't be read, or a line of it is no token.</exception>
    public TokenFile(string path, TimeProvider time, ILogger<TokenFile> logger)
    {
        (_path, _time, _logger) = (Path.GetFullPath(path), time, logger);
        var content = Read();
        _tokenHashes = TokenLines.Parse(_path, content);
        _contentHash = SHA256.HashData(Encoding.UTF8.GetBytes(content));
        _checked = time.GetTimestamp();
        Log.TokensLoaded(logger, _tokenHashes.Length, _path);
        WarnWhenOthersCanRead();
    }

    /// <summary>Why this header doesn't let a call in; <see langword="null"/>: it does.</summary>
    public string? Check(StringValues authorization)
    {
        Reload();
        if (authorization.Count != 1 || authorization[0] is not { } header || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return "This server wants a token: send the header 'authorization: Bearer TOKEN'.";
        }

        return IsKnown(SHA256.HashData(Encoding.UTF8.GetBytes(header[Scheme.Length..].Trim())))
            ? null
            : "The bearer token is none of this server's; ask whoever runs it for a current one.";
    }

    // All tokens are compared, each in constant time, so that the time taken tells nothing about any of them.
    private bool IsKnown(byte[] presented)
    {
        var known = false;
        foreach (var hash in _tokenHashes)
        {
            known |= CryptographicOperations.FixedTimeEquals(hash, presented);
        }

        return known;
    }

    private void Reload()
    {
        if (_time.GetElapsedTime(Volatile.Read(ref _checked)) < RecheckAfter || !_lock.TryEnter())
        {
            return;
        }

        try
        {
            var content = Read();
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes(content));
            if (!hash.AsSpan().SequenceEqual(_contentHash))
            {
                // Remembered also when the lines turn out wrong: one message a change, not one a second.
                _contentHash = hash;
                _tokenHashes = TokenLines.Parse(_path, content);
                Log.TokensLoaded(_logger, _tokenHashes.Length, _path);
            }
        }
        catch (ServerOptionsException fault)
        {
            Log.TokensNotReloaded(_logger, fault.Message);
        }
        finally
        {
            Volatile.Write(ref _checked, _time.GetTimestamp());
            _lock.Exit();
        }
    }

    // The content and not the time stamp tells of a change: a mounted secret changes by a link two folders up.
    private string Read()
    {
        try
        {
            using var file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return file.Length <= TokenLines.LargestFile
                ? new StreamReader(file).ReadToEnd()
                : throw new ServerOptionsException($"TokenFile '{_path}' has {file.Length} bytes; expected at most {TokenLines.LargestFile}.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ServerOptionsException($"TokenFile '{_path}': {fault.Message}");
        }
    }

    private void WarnWhenOthersCanRead()
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(_path) & UnixFileMode.OtherRead) != 0)
        {
            Log.TokensReadableByOthers(_logger, _path);
        }
    }
}
