using ValueImprint.Core.Imprints;

namespace ValueImprint.Reports.Html;

/// <summary>An imprint that another one is compared with.</summary>
/// <param name="Name">What the reader knows it by, such as its file's name.</param>
/// <param name="Imprint">The imprint.</param>
public sealed record NamedImprint(string Name, Imprint Imprint);
