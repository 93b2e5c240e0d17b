using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using ValueImprint.Core.Gate;

namespace ValueImprint.MSBuild.Surface;

/// <summary>An imprint on its way from the audit to the gate.</summary>
/// <param name="Path">Full path of the imprint.</param>
/// <param name="Policy">The policy file that it is judged by; <see langword="null"/>: the thresholds alone.</param>
internal sealed record ImprintItem(string Path, string? Policy)
{
    private const string PolicyMetadata = "Policy";

    /// <summary>The Markdown summary beside the imprint.</summary>
    public string SummaryPath => System.IO.Path.ChangeExtension(Path, ".md");

    public static ImprintItem From(ITaskItem item) =>
        new(item.ItemSpec, item.GetMetadata(PolicyMetadata) is { Length: > 0 } policy ? policy : null);

    public ITaskItem ToItem()
    {
        var item = new TaskItem(Path);
        item.SetMetadata(PolicyMetadata, Policy ?? "");
        return item;
    }
}
