using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ValueImprint.Tool.Terminal;

/// <summary>Opens the process's standard streams. One that the caller has closed is empty, or takes what is written to nowhere.</summary>
internal static partial class StandardStreams
{
    private const int GetFlags = 1;
    private const int CloseOnExec = 1;

    /// <summary>Standard input.</summary>
    public static Stream OpenInput() => IsClosed(0) ? Stream.Null : new InputStream(Console.OpenStandardInput());

    /// <summary>Standard output, so that a reader who left can be noticed.</summary>
    public static Stream OpenOutput()
    {
        // .NET's console stream drops what it can't write to a broken pipe without a word. A FileStream on the pipe reports it; on a
        // file it would keep an offset of its own and overwrite what another process appends, so files stay with the console stream.
        if (IsClosed(1))
        {
            return Stream.Null;
        }

        if (!OperatingSystem.IsWindows() && Console.IsOutputRedirected)
        {
            var pipe = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            if (!pipe.CanSeek)
            {
                return pipe;
            }

            pipe.Dispose();
        }

        return Console.OpenStandardOutput();
    }

    /// <summary>Standard error, a line at a time.</summary>
    public static StreamWriter OpenError() =>
        new(IsClosed(2) ? Stream.Null : Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\n" };

    // The number of a closed descriptor goes to the next file that the process opens: the runtime's own, whose end would be waited for or
    // that would be written into. It opens all of its files to be closed on exec, which an inherited descriptor can't be.
    private static bool IsClosed(int descriptor) =>
        !OperatingSystem.IsWindows() && fcntl(descriptor, GetFlags) is var flags && (flags < 0 || (flags & CloseOnExec) != 0);

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int fcntl(int descriptor, int command);
}

/// <summary>
/// Standard output whose reader may leave, as <c>head</c> does: what is written then is dropped, so that a verdict keeps its exit
/// code, and <see cref="ReaderGone"/> tells a long stream to stop.
/// </summary>
internal sealed class ResultStream(Stream inner) : Stream
{
    private readonly CancellationTokenSource _readerGone = new();

    /// <summary>Cancelled when nobody reads any more.</summary>
    public CancellationToken ReaderGone => _readerGone.Token;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush() => Guard(inner.Flush);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_readerGone.IsCancellationRequested)
        {
            return;
        }

        try
        {
            inner.Write(buffer);
        }
        catch (IOException failure) when (IsBrokenPipe(failure))
        {
            _readerGone.Cancel();
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Guard(inner.Dispose);
            _readerGone.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (IOException failure) when (IsBrokenPipe(failure))
        {
            _readerGone.Cancel();
        }
    }

    // EPIPE on Linux and macOS; ERROR_BROKEN_PIPE and ERROR_NO_DATA on Windows. A full disk is another matter, and is reported.
    private static bool IsBrokenPipe(IOException failure) =>
        failure.HResult is 32 or unchecked((int)0x8007006D) or unchecked((int)0x800700E8);
}

/// <summary>
/// Standard input whose reads can be cancelled: the system's own read can't be, and would keep a tool alive after Ctrl-C until somebody
/// types. A read that was given up goes on in the background, and what it brings is handed to the next one.
/// </summary>
internal sealed class InputStream(Stream inner) : Stream
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private Task<int>? _reading;
    private int _start;
    private int _length;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_length == 0 && buffer.Length > 0)
        {
            _reading ??= Task.Run(() => inner.Read(_buffer), CancellationToken.None);
            _length = await _reading.WaitAsync(cancellationToken);
            (_reading, _start) = (null, 0);
        }

        var count = Math.Min(buffer.Length, _length);
        _buffer.AsMemory(_start, count).CopyTo(buffer);
        (_start, _length) = (_start + count, _length - count);
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
