using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace ValueImprint.Server.Tests.Attacks;

/// <summary>A frame of HTTP/2 (RFC 9113, section 4.1).</summary>
internal readonly record struct Frame(byte Kind, byte Flags, int Stream, byte[] Body)
{
    public const byte Data = 0;
    public const byte Headers = 1;
    public const byte Reset = 3;
    public const byte Settings = 4;
    public const byte Ping = 6;
    public const byte GoAway = 7;
    public const byte WindowUpdate = 8;

    public const byte EndStream = 1;
    public const byte EndHeaders = 4;
    public const byte Acknowledge = 1;
}

/// <summary>A client that speaks HTTP/2 by hand, so that it can do what no client of goodwill does. Pings and settings it answers.</summary>
internal sealed class RawHttp2 : IAsyncDisposable
{
    private readonly TcpClient _client = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly CancellationTokenSource _end = new(); // Has no timer: nothing to dispose of.
    private readonly List<Frame> _received = [];
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private System.IO.Stream _stream = System.IO.Stream.Null;
    private Task _reading = Task.CompletedTask;
    private long _connectionWindow = 65_535;
    private long _streamWindow = 65_535;

    private RawHttp2()
    {
    }

    /// <summary>Completes when the server has closed the connection.</summary>
    public Task Closed => _closed.Task;

    /// <summary>Connects, and sends the preface with settings.</summary>
    /// <param name="address">As the server says it: <c>http://127.0.0.1:PORT</c>.</param>
    /// <param name="initialWindow">What the server may send on a stream before it is read.</param>
    public static async Task<RawHttp2> ConnectAsync(string address, int initialWindow = 65_535)
    {
        var raw = await ConnectSilentlyAsync(address);
        var setting = new byte[6];
        setting[1] = 4;
        BinaryPrimitives.WriteInt32BigEndian(setting.AsSpan(2), initialWindow);
        await raw.SendAsync([.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Encode(new Frame(Frame.Settings, 0, 0, setting))]);
        return raw;
    }

    /// <summary>Connects, over TLS where the address says so, and says nothing. The server's certificate is not looked at.</summary>
    public static async Task<RawHttp2> ConnectSilentlyAsync(string address)
    {
        var raw = new RawHttp2();
        var uri = new Uri(address);
        await raw._client.ConnectAsync(IPEndPoint.Parse(uri.Authority));
        raw._stream = raw._client.GetStream();
        if (uri.Scheme == "https")
        {
            var tls = new SslStream(raw._stream);
            raw._stream = tls;
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "localhost", ApplicationProtocols = [SslApplicationProtocol.Http2], RemoteCertificateValidationCallback = static (_, _, _, _) => true,
            });
        }

        raw._reading = raw.ReadAsync();
        return raw;
    }

    /// <summary>Sends bytes that need be no frames.</summary>
    public Task SendGarbageAsync(byte[] bytes) => SendAsync(bytes);

    public Task SendAsync(params IEnumerable<Frame> frames) => SendAsync(frames.SelectMany(Encode).ToArray());

    /// <summary>The headers that begin a call of gRPC.</summary>
    public static Frame Begin(int stream, string path, params IEnumerable<(string Name, string Value)> further)
    {
        var block = new List<byte>();
        foreach (var (name, value) in further.Prepend(("content-type", "application/grpc")).Prepend(("te", "trailers")).Prepend((":authority", "localhost"))
            .Prepend((":path", path)).Prepend((":scheme", "http")).Prepend((":method", "POST")))
        {
            // A literal without indexing (RFC 7541, section 6.2.2).
            block.Add(0);
            AddText(block, name);
            AddText(block, value);
        }

        return new Frame(Frame.Headers, Frame.EndHeaders, stream, [.. block]);
    }

    /// <summary>A message in gRPC's own frame.</summary>
    public static byte[] Message(ReadOnlySpan<byte> body)
    {
        var message = new byte[5 + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), body.Length);
        body.CopyTo(message.AsSpan(5));
        return message;
    }

    /// <summary>Sends a long body as the server's windows allow, and ends the stream, unless the server does so before.</summary>
    public async Task SendBodyAsync(int stream, byte[] body, CancellationToken cancellation)
    {
        for (var sent = 0; sent < body.Length;)
        {
            var size = (int)Math.Min(16_384, Math.Min(body.Length - sent, Math.Min(Interlocked.Read(ref _connectionWindow), Interlocked.Read(ref _streamWindow))));
            if (size <= 0)
            {
                if (Closed.IsCompleted || EndedStreams > 0)
                {
                    return;
                }

                await Task.Delay(2, cancellation);
                continue;
            }

            Interlocked.Add(ref _connectionWindow, -size);
            Interlocked.Add(ref _streamWindow, -size);
            await SendAsync(new Frame(Frame.Data, sent + size == body.Length ? Frame.EndStream : (byte)0, stream, body[sent..(sent + size)]));
            sent += size;
        }
    }

    /// <summary>How many of the streams have ended, by trailers or by a reset.</summary>
    public int EndedStreams
    {
        get
        {
            lock (_received)
            {
                return _received.Where(static frame => frame.Kind == Frame.Reset || (frame.Kind == Frame.Headers && (frame.Flags & Frame.EndStream) != 0))
                    .Select(static frame => frame.Stream).Distinct().Count();
            }
        }
    }

    /// <summary>Whether a header block that was received holds this text as it is.</summary>
    public bool HasHeader(string text)
    {
        lock (_received)
        {
            return _received.Any(frame => frame.Kind == Frame.Headers && Encoding.Latin1.GetString(frame.Body).Contains(text, StringComparison.Ordinal));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_end.IsCancellationRequested)
        {
            return;
        }

        await _end.CancelAsync();
        _client.Dispose();
        await _reading;
    }

    private async Task SendAsync(byte[] bytes)
    {
        await _writing.WaitAsync(_end.Token);
        try
        {
            await _stream.WriteAsync(bytes, _end.Token);
        }
        catch (IOException)
        {
            // The server has closed the connection; Closed tells.
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            var head = new byte[9];
            while (true)
            {
                await _stream.ReadExactlyAsync(head, _end.Token);
                var body = new byte[(head[0] << 16) | (head[1] << 8) | head[2]];
                await _stream.ReadExactlyAsync(body, _end.Token);
                await TakeAsync(new Frame(head[3], head[4], BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)) & int.MaxValue, body));
            }
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or ObjectDisposedException)
        {
            _closed.TrySetResult();
        }
    }

    private async Task TakeAsync(Frame frame)
    {
        switch (frame.Kind)
        {
            case Frame.Settings when frame.Flags == 0:
                for (var i = 0; i < frame.Body.Length; i += 6)
                {
                    if (BinaryPrimitives.ReadInt16BigEndian(frame.Body.AsSpan(i)) == 4)
                    {
                        Interlocked.Add(ref _streamWindow, BinaryPrimitives.ReadInt32BigEndian(frame.Body.AsSpan(i + 2)) - 65_535);
                    }
                }

                await SendAsync(new Frame(Frame.Settings, Frame.Acknowledge, 0, []));
                break;
            case Frame.Ping when frame.Flags == 0:
                await SendAsync(frame with { Flags = Frame.Acknowledge });
                break;
            case Frame.WindowUpdate when frame.Stream == 0:
                Interlocked.Add(ref _connectionWindow, BinaryPrimitives.ReadInt32BigEndian(frame.Body));
                break;
            case Frame.WindowUpdate:
                Interlocked.Add(ref _streamWindow, BinaryPrimitives.ReadInt32BigEndian(frame.Body));
                break;
            default:
                lock (_received)
                {
                    _received.Add(frame);
                }

                break;
        }
    }

    private static byte[] Encode(Frame frame)
    {
        var bytes = new byte[9 + frame.Body.Length];
        (bytes[0], bytes[1], bytes[2]) = ((byte)(frame.Body.Length >> 16), (byte)(frame.Body.Length >> 8), (byte)frame.Body.Length);
        (bytes[3], bytes[4]) = (frame.Kind, frame.Flags);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(5), frame.Stream);
        frame.Body.CopyTo(bytes, 9);
        return bytes;
    }

    // RFC 7541, section 5.2, without Huffman coding.
    private static void AddText(List<byte> block, string text)
    {
        var rest = text.Length;
        block.Add((byte)Math.Min(rest, 127));
        if (rest >= 127)
        {
            for (rest -= 127; rest >= 128; rest >>= 7)
            {
                block.Add((byte)((rest & 127) | 128));
            }

            block.Add((byte)rest);
        }

        block.AddRange(Encoding.Latin1.GetBytes(text));
    }
}
