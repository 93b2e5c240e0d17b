using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Microsoft.Win32.SafeHandles;
using ValueImprint.Server.Configuration;

namespace ValueImprint.Server.Security;

/// <summary>
/// The bearer tokens of a server: one a line, empty lines and lines that begin with <c>#</c> left out. The file is read again, at most once
/// a second, when a call comes; a changed file that is in order takes effect, one that isn't leaves the tokens as they were and is logged.
/// </summary>
internal sealed partial class TokenFile
{
    private const string Scheme = "Bearer ";
    private const int MaxFileBytes = 1 << 20; // bytes
    private const int MinTokenLength = 16;
    private const int MaxTokenLength = 4096;
    private const int MaxTokenCount = 1000;

    private static readonly TimeSpan RecheckAfter = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly ILogger<TokenFile> _logger;
    private volatile byte[][] _tokenHashes = [];
    private byte[] _contentHash = [];
    private long _checked;
    private string? _lastFault;
    private bool _wasOpenToOthers;

    /// <exception cref="ServerOptionsException">The file can't be read, or a line of it is no token.</exception>
    public TokenFile(string path, TimeProvider time, ILogger<TokenFile> logger)
    {
        (_path, _time, _logger) = (Path.GetFullPath(path), time, logger);
        Load();
        _checked = time.GetTimestamp();
    }

    /// <summary>Why this header doesn't let a call in; <see langword="null"/>: it does.</summary>
    /// <param name="authorization">The header's values.</param>
    /// <param name="client">Tells the token from others, and doesn't tell the token.</param>
    public string? Check(StringValues authorization, out string? client)
    {
        Reload();
        client = null;
        if (authorization.Count != 1 || authorization[0] is not { } header || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return "This server wants a token: send the header 'authorization: Bearer TOKEN'.";
        }

        var presented = SHA256.HashData(Encoding.UTF8.GetBytes(header[Scheme.Length..].Trim()));
        if (!IsKnown(presented))
        {
            return "The bearer token is none of this server's; ask whoever runs it for a current one.";
        }

        client = Convert.ToHexString(presented);
        return null;
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
            Load();
            _lastFault = null;
        }
        catch (ServerOptionsException fault)
        {
            // One message a fault, not one a second.
            if (fault.Message != _lastFault)
            {
                Log.TokensNotReloaded(_logger, fault.Message);
            }

            _lastFault = fault.Message;
        }
        finally
        {
            Volatile.Write(ref _checked, _time.GetTimestamp());
            _lock.Exit();
        }
    }

    // The content and not the time stamp tells of a change: a mounted secret changes by a link two folders up.
    private void Load()
    {
        var content = Read();
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(content));
        if (!hash.AsSpan().SequenceEqual(_contentHash))
        {
            _tokenHashes = Parse(content);
            _contentHash = hash;
            Log.TokensLoaded(_logger, _tokenHashes.Length, _path);
        }
    }

    private string Read()
    {
        try
        {
            using var handle = Open();
            using var file = new FileStream(handle, FileAccess.Read);
            if (!file.CanSeek)
            {
                throw new ServerOptionsException($"AcceptTokens '{_path}' is no regular file.");
            }

            WarnWhenOpenToOthers(handle);
            var bytes = new byte[MaxFileBytes + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length <= MaxFileBytes
                ? new StreamReader(new MemoryStream(bytes, 0, length)).ReadToEnd()
                : throw new ServerOptionsException($"AcceptTokens '{_path}' has more than {MaxFileBytes} bytes.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ServerOptionsException($"AcceptTokens '{_path}': {fault.Message}");
        }
    }

    // Without waiting: a named pipe in the file's place would otherwise hold the call that opens it until somebody writes to it.
    private SafeFileHandle Open()
    {
        if (OperatingSystem.IsWindows())
        {
            return File.OpenHandle(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }

        // O_RDONLY | O_NONBLOCK | O_CLOEXEC
        var handle = new SafeFileHandle(OpenFile(_path, OperatingSystem.IsMacOS() ? 0x100_0004 : 0x8_0800), ownsHandle: true);
        return handle.IsInvalid ? throw new IOException(Marshal.GetLastPInvokeErrorMessage()) : handle;
    }

    private void WarnWhenOpenToOthers(SafeFileHandle handle)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var isOpen = (File.GetUnixFileMode(handle) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != 0;
        if (isOpen && !_wasOpenToOthers)
        {
            Log.TokensOpenToOthers(_logger, _path);
        }

        _wasOpenToOthers = isOpen;
    }

    // SHA-256 of every token. Messages name file and line, never the token.
    private byte[][] Parse(string content)
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

            Check(token, $"{_path}({number})");
            hashes.Add(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        }

        return hashes.Count switch
        {
            0 => throw new ServerOptionsException($"{_path}: no token; expected one a line, at least {MinTokenLength} characters each."),
            > MaxTokenCount => throw new ServerOptionsException($"{_path}: {hashes.Count} tokens; expected at most {MaxTokenCount}."),
            _ => [.. hashes],
        };
    }

    private static void Check(string token, string place)
    {
        if (token.Length is < MinTokenLength or > MaxTokenLength)
        {
            throw new ServerOptionsException(
                $"{place}: a token of {token.Length} characters; expected {MinTokenLength} to {MaxTokenLength}, such as 'openssl rand -hex 32' prints.");
        }

        if (!token.All(static character => character is > ' ' and <= '~'))
        {
            throw new ServerOptionsException($"{place}: a token with spaces or characters beyond ASCII can't travel in a header.");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int OpenFile(string path, int flags);
}
