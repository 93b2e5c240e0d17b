using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Auditing;

/// <summary>
/// Tells whether an audit would give the same imprint as an earlier one, without a server: a digest of the files' contents and of
/// everything else that an imprint depends on. For incremental builds.
/// </summary>
public static class AuditFingerprint
{
    private const string Form = "valueimprint-audit-1";

    /// <summary>Computes the fingerprint.</summary>
    /// <param name="files">Absolute paths of the dataset files, in their order.</param>
    /// <param name="model">
    /// What names the model: the content hash that a server gave, or a digest of the files that a local server would run, so that none
    /// need be started.
    /// </param>
    /// <param name="taxonomy">Content hash of the taxonomy, or empty where the model alone decides it.</param>
    /// <param name="layout">Name of the layout and the fields, as the user gave them; empty where they are found by looking.</param>
    /// <param name="options">The audit's options.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <returns>64 lower-case hex digits.</returns>
    /// <exception cref="IOException">A file can't be read.</exception>
    public static async Task<string> ComputeAsync(
        IEnumerable<string> files, string model, string taxonomy, string layout, AuditOptions options, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(options);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in new[]
        {
            Form, model, taxonomy, layout, options.Stream.Model,
            options.Reading.Format?.ToString() ?? "", options.Reading.Scope?.ToString() ?? "", options.Reading.MaxRowBytes.ToString(CultureInfo.InvariantCulture),
            options.Stream.AbstainBelow?.ToString("R", CultureInfo.InvariantCulture) ?? "", options.Stream.MaxTextBytes.ToString(CultureInfo.InvariantCulture),
            options.Shard?.ToString() ?? "", options.MaxBadRowShare.ToString(CultureInfo.InvariantCulture), options.SkipDuplicates ? $"unique {options.DuplicateLikeness}" : "all",
            options.SkipNearDuplicates ? "unlike" : "",
        })
        {
            Add(digest, part);
        }

        foreach (var file in files)
        {
            // The name stands in the imprint, the folder does not.
            Add(digest, Path.GetFileName(file));
            Add(digest, await HashOfAsync(file, ct).ConfigureAwait(false));
        }

        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }

    private static async Task<string> HashOfAsync(string file, CancellationToken ct)
    {
        var stream = new FileStream(file, new FileStreamOptions { Options = FileOptions.SequentialScan | FileOptions.Asynchronous, BufferSize = 1 << 17 });
        await using (stream.ConfigureAwait(false))
        {
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, ct).ConfigureAwait(false));
        }
    }

    private static void Add(IncrementalHash digest, string part)
    {
        var bytes = Encoding.UTF8.GetBytes(part);
        digest.AppendData(BitConverter.GetBytes(bytes.Length));
        digest.AppendData(bytes);
    }
}
