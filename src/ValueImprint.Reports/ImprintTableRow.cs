using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Core.Taxonomy;

namespace ValueImprint.Reports;

/// <summary>One value within one scope.</summary>
public sealed record ImprintTableRow
{
    /// <summary>The scope.</summary>
    public required TextScope Scope { get; init; }

    /// <summary>The value; <see langword="null"/>: the texts on which the model abstained.</summary>
    public ValueName? Value { get; init; }

    /// <summary>Texts with the value, of all texts of the scope.</summary>
    public required Share Share { get; init; }

    /// <summary>The share's Wilson interval.</summary>
    public required Interval Interval { get; init; }

    /// <summary>Texts that act in line with the value.</summary>
    public long Upholds { get; init; }

    /// <summary>Texts that go against it.</summary>
    public long Violates { get; init; }

    /// <summary>Texts that do neither.</summary>
    public long Neutral { get; init; }

    /// <summary>The value's display name, or <c>(abstained)</c>.</summary>
    public string Name => Value?.Name ?? "(abstained)";
}
