using ValueImprint.Protocol.V1;

namespace ValueImprint.Client.Streaming;

/// <summary>A text between its reading and its handing out. Changed under the window's lock alone.</summary>
internal sealed class PendingText<TState>(TState state, string text, int bytes, long index)
{
    public TState State => state;

    public string Text => text;

    /// <summary>Length in UTF-8.</summary>
    public int Bytes => bytes;

    /// <summary>Place in the stream, from 0.</summary>
    public long Index => index;

    /// <summary>How many streams broke while the text was under way on them.</summary>
    public int Breaks { get; set; }

    /// <summary>The answer, once it is there.</summary>
    public TextResult? Result { get; set; }
}
