using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Diagnostics;

public static partial class DiagnosticCatalogue
{
    /// <summary>Nothing to judge.</summary>
    public static readonly DiagnosticCode NothingToJudge = new(
        "VI3001",
        "nothing to judge",
        "The imprint counts no text at all. An empty dataset never passes.");

    /// <summary>Scope without texts.</summary>
    public static readonly DiagnosticCode MissingScope = new(
        "VI3002",
        "scope without texts",
        "A rule asks about a scope that no text of the dataset has. Check the layout and the rule's `scope`.");

    /// <summary>Not an imprint.</summary>
    public static readonly DiagnosticCode InvalidImprint = new(
        "VI3003",
        "not an imprint",
        "The file is not the JSON of an imprint. It may have been cut off; audit again.");

    /// <summary>Imprint of another schema version.</summary>
    public static readonly DiagnosticCode UnsupportedImprint = new(
        "VI3004",
        "imprint of another schema version",
        "The imprint was written by another version of ValueImprint. Audit again with this one, or judge it with the version "
        + "that wrote it.");

    /// <summary>Counts that do not add up.</summary>
    public static readonly DiagnosticCode AccountingBroken = new(
        "VI3005",
        "counts that do not add up",
        "Every row and every text of an imprint is accounted for. Here a sum is wrong, so the file was edited or damaged. Audit "
        + "again.");

    /// <summary>Input that can not be read.</summary>
    public static readonly DiagnosticCode UnreadableInput = new(
        "VI3006",
        "input that can not be read",
        "A file is missing, may not be read, or is not what its name says.");

    /// <summary>Row rejected.</summary>
    public static readonly DiagnosticCode RejectedRow = new(
        "VI3007",
        "row rejected",
        "A row could not be read or classified. It is left out and counted as rejected.");

    /// <summary>Too many rejected rows.</summary>
    public static readonly DiagnosticCode TooManyBadRows = new(
        "VI3008",
        "too many rejected rows",
        "More rows were rejected than `--max-bad-rows` allows (0.1 % unless told otherwise), so the shares would not stand for "
        + "the dataset.");

    /// <summary>No usable model.</summary>
    public static readonly DiagnosticCode NoModel = new(
        "VI3009",
        "no usable model",
        "The model package is missing or does not hold together.");

    /// <summary>Server out of reach.</summary>
    public static readonly DiagnosticCode ServerUnavailable = new(
        "VI3010",
        "server out of reach",
        "No server answered at the address. Check the address, or leave it out to use a local server.");

    /// <summary>Local server that does not start.</summary>
    public static readonly DiagnosticCode LocalServerFailed = new(
        "VI3011",
        "local server that does not start",
        "The server on this machine ended at its start or was not ready in time. The message ends with the last lines of its log.");

    /// <summary>Call refused.</summary>
    public static readonly DiagnosticCode CallRefused = new(
        "VI3012",
        "call refused",
        "The server answered, but refused the call: it wants a token, or an option is out of its range, or it is of another version.");

    /// <summary>Model changed.</summary>
    public static readonly DiagnosticCode ModelChanged = new(
        "VI3013",
        "model changed",
        "Another model answered than at the beginning, after a restart or from another replica. Its results can't be counted with "
        + "the earlier ones.");

    /// <summary>Repeated crash.</summary>
    public static readonly DiagnosticCode RepeatedCrash = new(
        "VI3014",
        "repeated crash",
        "The server broke down more than once while it held the same texts, so that one of them may be the cause. The message names "
        + "their rows.");

    /// <summary>No preference pairs.</summary>
    public static readonly DiagnosticCode NoPairs = new(
        "VI3015",
        "no preference pairs",
        "A rule on the contrast asks about pairs of a chosen and a rejected text, and the dataset has none, or fewer than the rule "
        + "asks for. Check the layout, or remove the rule.");

    private static DiagnosticCode[] InputCodes() =>
    [
        NothingToJudge,
        MissingScope,
        InvalidImprint,
        UnsupportedImprint,
        AccountingBroken,
        UnreadableInput,
        RejectedRow,
        TooManyBadRows,
        NoModel,
        ServerUnavailable,
        LocalServerFailed,
        CallRefused,
        ModelChanged,
        RepeatedCrash,
        NoPairs,
    ];
}
