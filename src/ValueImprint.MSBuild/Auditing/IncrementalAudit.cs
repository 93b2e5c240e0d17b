using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using ValueImprint.Auditing;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Imprints;
using ValueImprint.Datasets;
using ValueImprint.MSBuild.Surface;

namespace ValueImprint.MSBuild.Auditing;

/// <summary>Writes the imprint of a plan, unless the one that is there was made of the same contents.</summary>
/// <param name="log">Where progress and findings go.</param>
/// <param name="project">The project's name, for messages.</param>
/// <param name="servers">Where texts are classified.</param>
/// <param name="failIfStale">Report an error where an audit would be needed, as <c>-question</c> asks for.</param>
internal sealed class IncrementalAudit(TaskLoggingHelper log, string project, ServerChoice servers, bool failIfStale)
{
    private static readonly TimeSpan _progressInterval = TimeSpan.FromSeconds(5);

    /// <summary>The plan's imprint; <see langword="null"/>, with an error logged, where there is none.</summary>
    public async Task<Imprint?> RunAsync(AuditPlan plan, CancellationToken ct)
    {
        var fingerprint = await FingerprintAsync(plan, ct).ConfigureAwait(false);
        if (IsCurrent(plan, fingerprint))
        {
            log.LogMessage(MessageImportance.Normal, "ValueImprint: {0}: {1} is up to date.", project, plan.ImprintPath);
            return ImprintFile.Read(plan.ImprintPath, log);
        }

        if (failIfStale)
        {
            log.LogError("ValueImprint: {0}: {1} is not up to date, and a question was asked, so nothing is audited.", project, plan.ImprintPath);
            return null;
        }

        var imprint = await AuditAsync(plan, ct).ConfigureAwait(false);
        if (imprint is not null)
        {
            // The fingerprint goes first and comes last: whatever is interrupted leaves an imprint that counts as stale.
            Directory.CreateDirectory(Path.GetDirectoryName(plan.ImprintPath)!); // A full path of a file has a folder.
            File.Delete(plan.FingerprintPath);
            ImprintFile.Write(plan.ImprintPath, imprint);
            await File.WriteAllTextAsync(plan.FingerprintPath, fingerprint, ct).ConfigureAwait(false);
        }

        return imprint;
    }

    private static bool IsCurrent(AuditPlan plan, string fingerprint) =>
        File.Exists(plan.ImprintPath) && File.Exists(plan.FingerprintPath) && File.ReadAllText(plan.FingerprintPath) == fingerprint;

    private async Task<string> FingerprintAsync(AuditPlan plan, CancellationToken ct)
    {
        var parts = new StringBuilder(ProductVersion.Text);
        foreach (var (reading, files) in plan.Parts)
        {
            var model = await servers.ModelIdentityAsync(ct).ConfigureAwait(false);
            parts.Append('\n').Append(
                await AuditFingerprint.ComputeAsync(files, model, "", reading.Layout?.ToString() ?? "", Options(reading), ct).ConfigureAwait(false));
        }

        foreach (var other in plan.OtherImprints)
        {
            parts.Append('\n').Append(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(other, ct).ConfigureAwait(false))));
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(parts.ToString())));
    }

    private async Task<Imprint?> AuditAsync(AuditPlan plan, CancellationToken ct)
    {
        using var rejected = new RejectedRows(log.Report, "`valueimprint audit FILE --rows ROWS` lists all of them.");
        var imprints = new List<Imprint>();
        foreach (var (reading, files) in plan.Parts)
        {
            log.LogMessage(MessageImportance.High, "ValueImprint: {0}: auditing {1}", project, string.Join(", ", files.Select(Path.GetFileName)));
            var options = Options(reading) with { OnRejected = rejected.Report };
            imprints.Add((await new AuditRunner(servers.Client).RunAsync([.. files.Select(DatasetSource.FromFile)], options, ct).ConfigureAwait(false)).Imprint);
        }

        foreach (var path in plan.OtherImprints)
        {
            if (ImprintFile.Read(path, log) is not { } other)
            {
                return null;
            }

            imprints.Add(other);
        }

        var whole = imprints[0]; // A plan has files or other imprints.
        foreach (var imprint in imprints.Skip(1))
        {
            if (!Imprint.TryMerge(whole, imprint, out var merged, out var problem))
            {
                log.Report(Diagnostic.Error(DiagnosticCatalogue.IncompatibleImprints, default, $"{project}: {problem}"));
                return null;
            }

            whole = merged;
        }

        return whole;
    }

    private AuditOptions Options(DatasetReaderOptions reading) => new()
    {
        Reading = reading,
        Stream = ClassifyStreamOptions.Default with { Model = servers.Model },
        Tool = $"ValueImprint.MSBuild {ProductVersion.Text}",
        ProgressInterval = _progressInterval,
        OnProgress = progress => log.LogMessage(MessageImportance.Normal, "ValueImprint: {0}: {1}", project, ProgressText(progress)),
    };

    private static string ProgressText(AuditProgress progress) => string.Create(
        CultureInfo.InvariantCulture, $"{progress.RowsRead} rows, {progress.Texts} texts, {progress.TextsPerSecond:0} texts/s");
}
