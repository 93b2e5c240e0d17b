using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Diagnostics;

public static partial class DiagnosticCatalogue
{
    /// <summary>Not a valid document.</summary>
    public static readonly DiagnosticCode InvalidDocument = new(
        "VI0001",
        "not a valid document",
        "The policy, taxonomy or threshold could not be parsed as YAML (JSON is YAML too). The message gives line and column of "
        + "the first place that makes no sense. Anchors, aliases, tags and several documents in one file are not accepted: a "
        + "policy should say plainly what it means.");

    /// <summary>Document beyond its limits.</summary>
    public static readonly DiagnosticCode DocumentTooLarge = new(
        "VI0002",
        "document beyond its limits",
        "The document is larger or nested deeper than ValueImprint reads. A policy of that size is nearly always the wrong "
        + "file.");

    /// <summary>Unknown key.</summary>
    public static readonly DiagnosticCode UnknownKey = new(
        "VI0003",
        "unknown key",
        "A key is not part of the schema. It is refused rather than ignored, since a misspelt `minimum` would otherwise switch "
        + "a rule off. The message names the nearest key.");

    /// <summary>Duplicate key.</summary>
    public static readonly DiagnosticCode DuplicateKey = new(
        "VI0004",
        "duplicate key",
        "The same key stands twice in one mapping, and it is not clear which one counts. Keep one.");

    /// <summary>Missing key.</summary>
    public static readonly DiagnosticCode MissingKey = new(
        "VI0005",
        "missing key",
        "A key that must be there is not, or has no value.");

    /// <summary>Wrong kind of content.</summary>
    public static readonly DiagnosticCode WrongType = new(
        "VI0006",
        "wrong kind of content",
        "A text, a list or a mapping stands where another one of these is expected.");

    /// <summary>Unsupported schema version.</summary>
    public static readonly DiagnosticCode UnsupportedVersion = new(
        "VI0007",
        "unsupported schema version",
        "The file was written for another version of ValueImprint. Upgrade the tool, or write the file for the version that the "
        + "message names.");

    /// <summary>Unknown value.</summary>
    public static readonly DiagnosticCode UnknownValue = new(
        "VI0008",
        "unknown value",
        "A rule names a value that the taxonomy does not have. Values are named by id (`justice`) or by display name. The "
        + "message gives the nearest one.");

    /// <summary>Unknown group.</summary>
    public static readonly DiagnosticCode UnknownGroup = new(
        "VI0009",
        "unknown group",
        "A rule names a group that the policy does not define under `groups`.");

    /// <summary>Unknown word.</summary>
    public static readonly DiagnosticCode UnknownWord = new(
        "VI0010",
        "unknown word",
        "A key takes one of a few words, and this is none of them. The message lists them all.");

    /// <summary>Not a share.</summary>
    public static readonly DiagnosticCode InvalidShare = new(
        "VI0011",
        "not a share",
        "A bound is a share between 0 and 1, written `2%`, `0.02` or `1/50`, always with a decimal point, whatever the language "
        + "of the machine. A bare whole number is refused, since `2` may be meant as 2 % or as 200 %.");

    /// <summary>Bounds that contradict each other.</summary>
    public static readonly DiagnosticCode ContradictoryBounds = new(
        "VI0012",
        "bounds that contradict each other",
        "The minimum is above the maximum, so no dataset could pass.");

    /// <summary>Rule that can not fail.</summary>
    public static readonly DiagnosticCode RuleWithoutEffect = new(
        "VI0013",
        "rule that can not fail",
        "A rule without a bound, a minimum of 0 %, a maximum of 100 % or an empty list would pass whatever the dataset holds. "
        + "Give a bound or remove the rule.");

    /// <summary>Rule about more than one thing.</summary>
    public static readonly DiagnosticCode AmbiguousRule = new(
        "VI0014",
        "rule about more than one thing",
        "A rule is about exactly one `value` or one `group`, and some keys exclude each other: `estimate: adjusted` and `stance`, or "
        + "`max_divergence` and everything about a single share. Write a rule for each.");

    /// <summary>Policy for another taxonomy.</summary>
    public static readonly DiagnosticCode TaxonomyMismatch = new(
        "VI0015",
        "policy for another taxonomy",
        "The policy was written for another taxonomy than the one the imprint was made with.");

    /// <summary>Taxonomy that does not hold together.</summary>
    public static readonly DiagnosticCode InvalidTaxonomy = new(
        "VI0016",
        "taxonomy that does not hold together",
        "A taxonomy needs an id, a version and at least one value, all with distinct ids and names.");

    /// <summary>Two rules about the same thing.</summary>
    public static readonly DiagnosticCode DuplicateRule = new(
        "VI0017",
        "two rules about the same thing",
        "Two rules have the same target, scope, stance, judge and level. Put both bounds into one rule.");

    /// <summary>Not a number in range.</summary>
    public static readonly DiagnosticCode InvalidNumber = new(
        "VI0018",
        "not a number in range",
        "A key takes a number within the range that the message gives.");

    /// <summary>Group that this imprint can not count.</summary>
    public static readonly DiagnosticCode GroupNotCountable = new(
        "VI0019",
        "group that this imprint can not count",
        "A text of a multi-label model may have several values of a group, so the counts of the values can not be added up, and "
        + "this imprint does not hold the combinations. Audit again, or write rules for single values.");

    /// <summary>Command line that can not be understood.</summary>
    public static readonly DiagnosticCode InvalidCommandLine = new(
        "VI0020",
        "command line that can not be understood",
        "An option or an argument of the tool is unknown, missing or has an impossible content. `--help` lists what there is.");

    /// <summary>Imprints that can not be added or compared.</summary>
    public static readonly DiagnosticCode IncompatibleImprints = new(
        "VI0021",
        "imprints that can not be added or compared",
        "Counts of different models or taxonomies do not measure the same thing. Audit both datasets with the same model "
        + "package and the same options.");

    /// <summary>Stance asked of a model that gives none.</summary>
    public static readonly DiagnosticCode NoStance = new(
        "VI0022",
        "stance asked of a model that gives none",
        "A rule counts texts by stance, but the model that made the imprint has no stance head. Use one that has, or leave out the "
        + "rule's `stance`.");

    /// <summary>Prevalence that can not be adjusted.</summary>
    public static readonly DiagnosticCode AdjustmentNotPossible = new(
        "VI0023",
        "prevalence that can not be adjusted",
        "A rule asks for `estimate: adjusted`, which corrects the counts for the model's known errors. That takes a single-label model "
        + "whose package states a confusion matrix with texts of every value. Use such a model, or judge the counted share.");

    /// <summary>Rule that can not be settled early.</summary>
    public static readonly DiagnosticCode NotSettledEarly = new(
        "VI0024",
        "rule that can not be settled early",
        "`check --early` stops as soon as every rule is settled, which only rules on counted shares can be. Those on contrast, drift, an "
        + "adjusted prevalence or a group of a multi-label model take the whole dataset. Check without `--early`, or keep such "
        + "rules in a policy of their own.");

    private static DiagnosticCode[] UsageCodes() =>
    [
        InvalidDocument,
        DocumentTooLarge,
        UnknownKey,
        DuplicateKey,
        MissingKey,
        WrongType,
        UnsupportedVersion,
        UnknownValue,
        UnknownGroup,
        UnknownWord,
        InvalidShare,
        ContradictoryBounds,
        RuleWithoutEffect,
        AmbiguousRule,
        TaxonomyMismatch,
        InvalidTaxonomy,
        DuplicateRule,
        InvalidNumber,
        GroupNotCountable,
        InvalidCommandLine,
        IncompatibleImprints,
        NoStance,
        AdjustmentNotPossible,
        NotSettledEarly,
    ];
}
