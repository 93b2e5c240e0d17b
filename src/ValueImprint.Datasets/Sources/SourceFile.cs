using ValueImprint.Core.Estimation;

namespace ValueImprint.Datasets.Sources;

/// <summary>Opens dataset files, and says in a person's words why one can't be opened.</summary>
internal static class SourceFile
{
    /// <summary>Decompressors read in small pieces; 128 KiB spares them a system call each.</summary>
    private const int BufferBytes = 128 * 1024;

    public static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = FileAccess.Read,
                Share = FileShare.Read | FileShare.Delete,
                Options = FileOptions.SequentialScan,
                BufferSize = BufferBytes,
            });
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw NotFound(path);
        }
        catch (UnauthorizedAccessException exception) when (Directory.Exists(path))
        {
            throw new DatasetException(DatasetProblem.Unreadable, $"{path}: is a folder; expected a file.", exception);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new DatasetException(DatasetProblem.Unreadable, $"{path}: can't be opened: {exception.Message}", exception);
        }
    }

    public static DatasetException NotFound(string path) =>
        new(DatasetProblem.NotFound, $"{path}: no such file or folder (looked in {Path.GetDirectoryName(Path.GetFullPath(path))}).");
}
