using System.Globalization;

namespace ValueImprint.Core.Diagnostics;

/// <summary>A place in a file that a person can open.</summary>
/// <param name="File">Name of the file as the user gave it; <see langword="null"/> where there is none.</param>
/// <param name="Line">Line, from 1; 0 where it is not known.</param>
/// <param name="Column">Column, from 1; 0 where it is not known.</param>
public readonly record struct SourcePosition(string? File, int Line = 0, int Column = 0)
{
    /// <summary>The place in MSBuild's form: <c>policy.yml(14,5)</c>, or the bare file name.</summary>
    public override string ToString() => (Line, Column) switch
    {
        (0, _) => File ?? "",
        (_, 0) => string.Create(CultureInfo.InvariantCulture, $"{File}({Line})"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{File}({Line},{Column})"),
    };
}
