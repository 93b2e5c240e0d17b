namespace ValueImprint.Datasets.Compression;

/// <summary>A dataset's bytes, decompressed; its faults name the file and say what they mean for the rows.</summary>
internal sealed class DatasetStream(string file, Stream inner) : ReadOnlyStream(inner)
{
    public static (Stream Stream, DatasetCompression Compression) Decompress(PeekedStream stream, ReadOnlySpan<byte> head)
    {
        if (GzipStream.IsGzip(head))
        {
            return (new GzipStream(stream), DatasetCompression.Gzip);
        }

        return ZstandardStream.IsZstandard(head)
            ? (new ZstandardStream(stream), DatasetCompression.Zstandard)
            : (stream, DatasetCompression.None);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await Inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            throw Describe(exception);
        }
    }

    private DatasetException Describe(Exception exception) => exception is InvalidDataException
        ? new(DatasetProblem.Corrupt, $"{file}: the compressed data is cut short or damaged ({exception.Message}); fetch the file again.", exception)
        : new(DatasetProblem.Unreadable, $"{file}: can't be read on: {exception.Message}", exception);
}
