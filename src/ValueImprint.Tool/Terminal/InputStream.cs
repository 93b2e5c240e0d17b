namespace ValueImprint.Tool.Terminal;

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
