using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using ValueImprint.Client;
using ValueImprint.Auditing;
using ValueImprint.Core.Imprints;
using ValueImprint.Datasets;
using ValueImprint.MSBuild.Surface;

namespace ValueImprint.MSBuild.Auditing;

/// <summary>Writes the imprint of a plan, unless the one that is there was made of the same contents.</summary>
/// <param name="log">Where progress and findings go.</param>
/// <param name="servers">Where texts are classified.</param>
/// <param name="failIfStale">Report an error where an audit would be needed, as <c>-question</c> asks for.</param>
internal sealed class IncrementalAudit(TaskLoggingHelper log, ServerChoice servers, bool failIfStale)
{
    private static readonly TimeSpan _progressInterval = TimeSpan.FromSeconds(5);

    /// <summary>Whether the plan's imprint now stands.</summary>
    public async Task<bool> RunAsync(AuditPlan plan, CancellationToken ct)
    {
        var fingerprint = await FingerprintAsync(plan, ct).ConfigureAwait(false);
        if (IsCurrent(plan, fingerprint))
        {
            log.LogMessage(MessageImportance.Normal, "ValueImprint: {0} is up to date.", plan.ImprintPath);
            return true;
        }

        if (failIfStale)
        {
            log.LogError("ValueImprint: {0} is not up to date, and a question was asked, so nothing is audited.", plan.ImprintPath);
            return false;
        }

        var imprint = await AuditAsync(plan, ct).ConfigureAwait(false);
        Write(plan, imprint, fingerprint);
        return true;
    }

    private static bool IsCurrent(AuditPlan plan, string fingerprint) =>
        File.Exists(plan.ImprintPath) && File.Exists(plan.FingerprintPath) && File.ReadAllText(plan.FingerprintPath) == fingerprint;

    private async Task<string> FingerprintAsync(AuditPlan plan, CancellationToken ct)
    {
        var model = await servers.ModelIdentityAsync(ct).ConfigureAwait(false);
        var parts = new StringBuilder(ProductVersion.Text);
        foreach (var part in plan.Parts)
        {
            var layout = part.Reading.Layout?.ToString() ?? "";
            parts.Append('\n').Append(
                await AuditFingerprint.ComputeAsync(part.Files, model, "", layout, Options(part), ct).ConfigureAwait(false));
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(parts.ToString())));
    }

    private async Task<Imprint> AuditAsync(AuditPlan plan, CancellationToken ct)
    {
        var runner = new AuditRunner(servers.Client);
        using var rejected = new RejectedRows(log.Report, "`valueimprint audit FILE --rows ROWS` lists all of them.");
        Imprint? whole = null;
        foreach (var part in plan.Parts)
        {
            log.LogMessage(MessageImportance.High, "ValueImprint: auditing {0}", string.Join(", ", part.Files.Select(Path.GetFileName)));
            var audited = await runner.RunAsync([.. part.Files.Select(DatasetSource.FromFile)], Options(part) with { OnRejected = rejected.Report }, ct).ConfigureAwait(false);
            whole = whole is null ? audited.Imprint : Merged(whole, audited.Imprint);
        }

        return whole ?? throw new InvalidOperationException("A plan has no files.");
    }

    // One server gave both.
    private static Imprint Merged(Imprint left, Imprint right) =>
        Imprint.TryMerge(left, right, out var merged, out var problem) ? merged : throw new InvalidOperationException(problem);

    private AuditOptions Options(AuditPart part) => new()
    {
        Reading = part.Reading,
        Stream = ClassifyStreamOptions.Default with { Model = servers.Model },
        Tool = $"ValueImprint.MSBuild {ProductVersion.Text}",
        ProgressInterval = _progressInterval,
        OnProgress = progress => log.LogMessage(MessageImportance.Normal, "ValueImprint: {0}", ProgressText(progress)),
    };

    private static string ProgressText(AuditProgress progress) => string.Create(
        CultureInfo.InvariantCulture, $"{progress.RowsRead} rows, {progress.Texts} texts, {progress.TextsPerSecond:0} texts/s");

    // The fingerprint goes first and comes last: whatever is interrupted leaves an imprint that counts as stale.
    private static void Write(AuditPlan plan, Imprint imprint, string fingerprint)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(plan.ImprintPath)!); // A full path of a file has a folder.
        File.Delete(plan.FingerprintPath);
        var unfinished = plan.ImprintPath + ".unfinished";
        using (var stream = File.Create(unfinished))
        {
            ImprintWriter.Write(imprint, stream);
        }

        File.Move(unfinished, plan.ImprintPath, overwrite: true);
        File.WriteAllText(plan.FingerprintPath, fingerprint);
    }
}
