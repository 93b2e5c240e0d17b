using System.Security.Cryptography;
using System.Text;
using ValueImprint.Client;
using ValueImprint.LocalServer;

namespace ValueImprint.MSBuild.Auditing;

/// <summary>
/// Names the classifier that a local server would be, without starting one: a digest of its program's and its model's contents. Times
/// don't count, so an imprint stays current where a cache or a checkout has put the same files anew.
/// </summary>
internal static class LocalModelIdentity
{
    /// <summary>Computes the digest, 64 lower-case hex digits.</summary>
    /// <param name="tool">Full path of the tool's assembly.</param>
    /// <param name="modelFolder">Full path of the model package; <see langword="null"/>: the one built into the tool.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <exception cref="ClientException">The model's folder holds more files than a package does.</exception>
    /// <exception cref="IOException">A file can't be read.</exception>
    public static async Task<string> ComputeAsync(string tool, string? modelFolder, CancellationToken ct)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var program = new DirectoryInfo(Path.GetDirectoryName(tool)!); // A full path of a file has a folder.
        await AddAsync(digest, program, "ValueImprint.*.dll", depth: 0, ct).ConfigureAwait(false);
        await AddAsync(digest, new DirectoryInfo(modelFolder ?? Path.Combine(program.FullName, "models")), "*", depth: 2, ct).ConfigureAwait(false);
        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }

    private static async Task AddAsync(IncrementalHash digest, DirectoryInfo folder, string pattern, int depth, CancellationToken ct)
    {
        foreach (var (name, file) in AnswerFiles.In(folder, pattern, depth))
        {
            digest.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
            using var stream = file.OpenRead();
            digest.AppendData(await SHA256.HashDataAsync(stream, ct).ConfigureAwait(false));
        }
    }
}
