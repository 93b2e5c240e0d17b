namespace ValueImprint.Core.Diagnostics;

/// <summary>Every diagnostic that ValueImprint can give. Codes are added, never changed in meaning and never reused.</summary>
public static partial class DiagnosticCatalogue
{
    /// <summary>The page that explains all codes; a test holds it to this catalogue.</summary>
    public const string HelpPage = "src/ValueImprint.Core/Diagnostics/README.md";

    // A static constructor runs after the field initializers of all parts of the class, whatever order the parts come in.
    static DiagnosticCatalogue() => All = [.. UsageCodes(), .. CoverageCodes(), .. DriftCodes(), .. InputCodes(), .. InternalCodes()];

    /// <summary>All codes in ascending order.</summary>
    public static IReadOnlyList<DiagnosticCode> All { get; }
}
