using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ValueImprint.Inference.Models;

/// <summary>One hash over several files, that depends on their names and bytes and on nothing else.</summary>
internal static class ContentHash
{
    /// <summary>
    /// SHA-256 over, for each file in the ordinal order of its name: the name's length and UTF-8 bytes, and the SHA-256 of its content.
    /// Lower-case hex.
    /// </summary>
    /// <param name="folder">The package's folder.</param>
    /// <param name="files">Paths relative to it, with forward slashes.</param>
    public static string Of(string folder, IEnumerable<string> files)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var file in files.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var name = Encoding.UTF8.GetBytes(file);
            BinaryPrimitives.WriteInt32LittleEndian(length, name.Length);
            all.AppendData(length);
            all.AppendData(name);
            all.AppendData(HashFile(Path.Combine(folder, file)));
        }

        return Convert.ToHexStringLower(all.GetHashAndReset());
    }

    private static byte[] HashFile(string path)
    {
        using var stream = PackageFile.Open(path);
        try
        {
            return SHA256.HashData(stream);
        }
        catch (IOException exception)
        {
            throw new ModelPackageException(path, null, $"could not be read: {exception.Message}", exception);
        }
    }
}
