using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Build.Framework;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Imprints;
using ValueImprint.MSBuild.Auditing;
using ValueImprint.MSBuild.Surface;
using MSBuildTask = Microsoft.Build.Utilities.Task;

namespace ValueImprint.MSBuild;

/// <summary>
/// Holds a package to what was audited: every dataset that belongs into it is there, byte for byte as its imprint says. A package that
/// is not is deleted.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class CheckPackage : MSBuildTask
{
    /// <summary>What pack has written; packages among it are opened.</summary>
    public ITaskItem[]? Written { get; set; }

    /// <summary>What the gate let pass: see <see cref="GateDatasets.PackageFiles"/>.</summary>
    public ITaskItem[]? Files { get; set; }

    /// <summary>Full path of the project.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        try
        {
            foreach (var item in Written ?? [])
            {
                var path = Path.GetFullPath(item.ItemSpec, Path.GetDirectoryName(ProjectFile)!); // A full path of a file has a folder.
                if (path.EndsWith(".nupkg", StringComparison.OrdinalIgnoreCase) && !path.EndsWith(".symbols.nupkg", StringComparison.OrdinalIgnoreCase) && File.Exists(path))
                {
                    Check(path);
                }
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Log.Report(Diagnostic.Error(DiagnosticCatalogue.UnreadableInput, new SourcePosition(ProjectFile), fault.Message));
        }

        return !Log.HasLoggedErrors;
    }

    private void Check(string package)
    {
        var entries = Hashes(package);
        var datasets = (Files ?? []).Where(static file => file.GetMetadata("Imprint").Length > 0).ToLookup(static file => file.GetMetadata("Imprint"));
        var audited = new HashSet<string>(StringComparer.Ordinal);
        foreach (var judged in datasets)
        {
            var files = ImprintFile.Read(judged.Key, Log)?.Files ?? [];
            audited.UnionWith(files.Select(static file => file.Sha256));
            var names = judged.Select(static file => Path.GetFileName(file.ItemSpec)).ToHashSet(StringComparer.Ordinal);
            foreach (var file in files.Where(file => names.Contains(file.Name) && !entries.ContainsKey(file.Sha256)))
            {
                Report(DiagnosticSeverity.Error, $"The package does not hold '{file.Name}' as it was audited (SHA-256 {file.Sha256}): it was changed since, or is "
                    + "left out. Pack again, or set Pack=\"false\" on what does not belong into the package.");
            }
        }

        var kinds = datasets.SelectMany(static judged => judged).Select(static file => Path.GetExtension(file.ItemSpec)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (_, name) in entries.Where(entry => kinds.Contains(Path.GetExtension(entry.Value)) && !audited.Contains(entry.Key)))
        {
            if (!name.StartsWith("valueimprint/", StringComparison.Ordinal))
            {
                Report(DiagnosticSeverity.Warning, $"The package holds '{name}', which was not audited. Add it as ValueImprintDataset, or leave it out.");
            }
        }

        if (Log.HasLoggedErrors)
        {
            File.Delete(package);
        }
        else if (Files is { Length: > 0 } && !entries.ContainsValue("valueimprint/imprint.json"))
        {
            Report(DiagnosticSeverity.Warning, $"The package holds no imprint. A nuspec packs it by <file src=\"{Files[0].ItemSpec}\" target=\"valueimprint\" />.");
        }
    }

    private static Dictionary<string, string> Hashes(string package)
    {
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        using var archive = ZipFile.OpenRead(package);
        foreach (var entry in archive.Entries)
        {
            using var content = entry.Open();
            hashes[Convert.ToHexStringLower(SHA256.HashData(content))] = entry.FullName;
        }

        return hashes;
    }

    private void Report(DiagnosticSeverity severity, string message) =>
        Log.Report(new Diagnostic(DiagnosticCatalogue.PackageMismatch, severity, message, new SourcePosition(ProjectFile)));
}
