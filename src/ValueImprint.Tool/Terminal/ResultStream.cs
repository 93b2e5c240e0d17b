namespace ValueImprint.Tool.Terminal;

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
