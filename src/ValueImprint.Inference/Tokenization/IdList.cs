using System.Buffers;

namespace ValueImprint.Inference.Tokenization;

/// <summary>Ids in a rented buffer that grows. To be passed on by reference.</summary>
internal ref struct IdList(int capacity)
{
    private int[] _buffer = ArrayPool<int>.Shared.Rent(capacity);

    public int Count { get; private set; }

    public readonly ReadOnlySpan<int> Ids => _buffer.AsSpan(0, Count);

    public void Add(int id)
    {
        MakeRoom(1);
        _buffer[Count++] = id;
    }

    public void Add(ReadOnlySpan<long> ids)
    {
        MakeRoom(ids.Length);
        foreach (var id in ids)
        {
            _buffer[Count++] = checked((int)id);
        }
    }

    /// <summary>Takes back what was added after there were this many.</summary>
    public void CutTo(int count) => Count = count;

    /// <summary>Gives the buffer back.</summary>
    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<int>.Shared.Return(_buffer);
            (_buffer, Count) = ([], 0);
        }
    }

    private void MakeRoom(int more)
    {
        if (_buffer.Length - Count < more)
        {
            var larger = ArrayPool<int>.Shared.Rent(Math.Max(Count + more, _buffer.Length * 2));
            Ids.CopyTo(larger);
            ArrayPool<int>.Shared.Return(_buffer);
            _buffer = larger;
        }
    }
}
