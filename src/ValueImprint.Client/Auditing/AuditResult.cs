using ValueImprint.Core.Imprints;
using ValueImprint.Datasets;
using ValueImprint.Protocol.V1;

namespace ValueImprint.Client.Auditing;

/// <summary>An audit that came to its end.</summary>
/// <param name="Imprint">The counts.</param>
/// <param name="Model">The model that classified, as its server describes it.</param>
/// <param name="Files">The files in the order of the sources.</param>
/// <param name="Progress">The last report.</param>
public sealed record AuditResult(Imprint Imprint, Model Model, IReadOnlyList<DatasetFileInfo> Files, AuditProgress Progress);
