using System.Text;
using ValueImprint.Core.Documents;

namespace ValueImprint.Inference.Models;

/// <summary>
/// Reads the files of a package, which is data from elsewhere: none waits for ever, none grows without a bound, whatever its length is
/// said to be, and each fault names the file.
/// </summary>
internal static class PackageFile
{
    /// <summary>Most bytes of a file that is read whole, such as <c>tokenizer.json</c>.</summary>
    public const int MaxBytes = 256 << 20;

    /// <summary>Opens a regular file, or a link to one as in a hub's cache.</summary>
    /// <exception cref="ModelPackageException">It is missing, empty, no regular file, or can't be read.</exception>
    public static FileStream Open(string file)
    {
        try
        {
            // Opening a pipe waits for its writer. Pipes and devices have no length, and an empty file is of no use here either.
            var target = File.ResolveLinkTarget(file, returnFinalTarget: true) as FileInfo ?? new FileInfo(file);
            if (target.Exists && target.Length == 0)
            {
                throw new ModelPackageException(file, null, "is empty, or no regular file.");
            }

            return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModelPackageException(file, null, "is missing.", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new ModelPackageException(file, null, "could not be read: permission denied, or a folder.", exception);
        }
        catch (IOException exception)
        {
            throw new ModelPackageException(file, null, $"could not be read: {exception.Message}", exception);
        }
    }

    /// <summary>Reads a file of JSON that holds an object.</summary>
    /// <exception cref="ModelPackageException">It can't be read, or one of its fields, read later, is not what it should be.</exception>
    public static JsonField ReadObject(string file)
    {
        return JsonField.Parse(ReadBytes(file), Fault).RequireObject();

        Exception Fault(JsonPlace place, string problem) => new ModelPackageException(
            file,
            place.Line > 0 ? FormattableString.Invariant($"line {place.Line}, byte {place.Column}") : place.Path.Length > 0 ? place.Path : null,
            problem);
    }

    public static byte[] ReadBytes(string file)
    {
        using var stream = Open(file);
        try
        {
            var bytes = new byte[Math.Clamp(stream.Length, 1, MaxBytes) + 1];
            var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return count < bytes.Length
                ? bytes[..count]
                : throw new ModelPackageException(file, null, $"is longer than the {MaxBytes >> 20} MiB that may be read of it.");
        }
        catch (IOException exception)
        {
            throw new ModelPackageException(file, null, $"could not be read: {exception.Message}", exception);
        }
    }

    /// <summary>Bytes of a file, where it is a link those of the file that it leads to.</summary>
    public static long LengthOf(string file)
    {
        using var stream = Open(file);
        return stream.Length;
    }

    /// <summary>The lines of a text in UTF-8.</summary>
    public static IEnumerable<string> ReadLines(string file)
    {
        using var reader = new StreamReader(new MemoryStream(ReadBytes(file)), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
