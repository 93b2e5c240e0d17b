namespace ValueImprint.Core.Diagnostics;

public static partial class DiagnosticCatalogue
{
    /// <summary>Fault of ValueImprint.</summary>
    public static readonly DiagnosticCode InternalFault = new(
        "VI9001",
        "fault of ValueImprint",
        "ValueImprint did something it should not. Please report it with the command and the version; the message holds no "
        + "dataset text.");

    private static DiagnosticCode[] InternalCodes() =>
    [
        InternalFault,
    ];
}
