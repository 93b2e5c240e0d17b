namespace ValueImprint.Core.Diagnostics;

/// <summary>Every diagnostic that ValueImprint can give. Codes are added, never changed in meaning and never reused.</summary>
public static class DiagnosticCatalogue
{
    /// <summary>The page that explains all codes; a test holds it to this catalogue.</summary>
    public const string HelpPage = "src/ValueImprint.Core/Diagnostics/README.md";

    // Before the codes, which are made in the order of the file.
    private static readonly List<DiagnosticCode> _all = [];

    /// <summary>All codes in ascending order.</summary>
    public static IReadOnlyList<DiagnosticCode> All => _all;

    /// <summary>Not a valid document.</summary>
    public static readonly DiagnosticCode InvalidDocument = Add(
        "VI0001",
        "not a valid document",
        "The policy, taxonomy or threshold could not be parsed as YAML (JSON is YAML too). The message gives line and column of "
        + "the first place that makes no sense. Anchors, aliases, tags and several documents in one file are not accepted: a "
        + "policy should say plainly what it means.");

    /// <summary>Document beyond its limits.</summary>
    public static readonly DiagnosticCode DocumentTooLarge = Add(
        "VI0002",
        "document beyond its limits",
        "The document is larger or nested deeper than ValueImprint reads. A policy of that size is nearly always the wrong "
        + "file.");

    /// <summary>Unknown key.</summary>
    public static readonly DiagnosticCode UnknownKey = Add(
        "VI0003",
        "unknown key",
        "A key is not part of the schema. It is refused rather than ignored, since a misspelt `minimum` would otherwise switch "
        + "a rule off. The message names the nearest key.");

    /// <summary>Duplicate key.</summary>
    public static readonly DiagnosticCode DuplicateKey = Add(
        "VI0004",
        "duplicate key",
        "The same key stands twice in one mapping, and it is not clear which one counts. Keep one.");

    /// <summary>Missing key.</summary>
    public static readonly DiagnosticCode MissingKey = Add(
        "VI0005",
        "missing key",
        "A key that must be there is not, or has no value.");

    /// <summary>Wrong kind of content.</summary>
    public static readonly DiagnosticCode WrongType = Add(
        "VI0006",
        "wrong kind of content",
        "A text, a list or a mapping stands where another one of these is expected.");

    /// <summary>Unsupported schema version.</summary>
    public static readonly DiagnosticCode UnsupportedVersion = Add(
        "VI0007",
        "unsupported schema version",
        "The file was written for another version of ValueImprint. Upgrade the tool, or write the file for the version that the "
        + "message names.");

    /// <summary>Unknown value.</summary>
    public static readonly DiagnosticCode UnknownValue = Add(
        "VI0008",
        "unknown value",
        "A rule names a value that the taxonomy does not have. Values are named by id (`justice`) or by display name. The "
        + "message gives the nearest one.");

    /// <summary>Unknown group.</summary>
    public static readonly DiagnosticCode UnknownGroup = Add(
        "VI0009",
        "unknown group",
        "A rule names a group that the policy does not define under `groups`.");

    /// <summary>Unknown word.</summary>
    public static readonly DiagnosticCode UnknownWord = Add(
        "VI0010",
        "unknown word",
        "A key takes one of a few words, and this is none of them. The message lists them all.");

    /// <summary>Not a share.</summary>
    public static readonly DiagnosticCode InvalidShare = Add(
        "VI0011",
        "not a share",
        "A bound is a share between 0 and 1, written `2%`, `0.02` or `1/50`, always with a decimal point, whatever the language "
        + "of the machine. A bare whole number is refused, since `2` may be meant as 2 % or as 200 %.");

    /// <summary>Bounds that contradict each other.</summary>
    public static readonly DiagnosticCode ContradictoryBounds = Add(
        "VI0012",
        "bounds that contradict each other",
        "The minimum is above the maximum, so no dataset could pass.");

    /// <summary>Rule that can not fail.</summary>
    public static readonly DiagnosticCode RuleWithoutEffect = Add(
        "VI0013",
        "rule that can not fail",
        "A rule without a bound, a minimum of 0 %, a maximum of 100 % or an empty list would pass whatever the dataset holds. "
        + "Give a bound or remove the rule.");

    /// <summary>Rule about more than one thing.</summary>
    public static readonly DiagnosticCode AmbiguousRule = Add(
        "VI0014",
        "rule about more than one thing",
        "A rule is about exactly one `value` or one `group`, and some keys exclude each other: `estimate: adjusted` and `stance`, or "
        + "`max_divergence` and everything about a single share. Write a rule for each.");

    /// <summary>Policy for another taxonomy.</summary>
    public static readonly DiagnosticCode TaxonomyMismatch = Add(
        "VI0015",
        "policy for another taxonomy",
        "The policy was written for another taxonomy than the one the imprint was made with.");

    /// <summary>Taxonomy that does not hold together.</summary>
    public static readonly DiagnosticCode InvalidTaxonomy = Add(
        "VI0016",
        "taxonomy that does not hold together",
        "A taxonomy needs an id, a version and at least one value, all with distinct ids and names.");

    /// <summary>Two rules about the same thing.</summary>
    public static readonly DiagnosticCode DuplicateRule = Add(
        "VI0017",
        "two rules about the same thing",
        "Two rules have the same target, scope, stance, judge and level. Put both bounds into one rule.");

    /// <summary>Not a number in range.</summary>
    public static readonly DiagnosticCode InvalidNumber = Add(
        "VI0018",
        "not a number in range",
        "A key takes a number within the range that the message gives.");

    /// <summary>Group that this imprint can not count.</summary>
    public static readonly DiagnosticCode GroupNotCountable = Add(
        "VI0019",
        "group that this imprint can not count",
        "A text of a multi-label model may have several values of a group, so the counts of the values can not be added up, and "
        + "this imprint does not hold the combinations. Audit again, or write rules for single values.");

    /// <summary>Command line that can not be understood.</summary>
    public static readonly DiagnosticCode InvalidCommandLine = Add(
        "VI0020",
        "command line that can not be understood",
        "An option or an argument of the tool is unknown, missing or has an impossible content. `--help` lists what there is.");

    /// <summary>Imprints that can not be added or compared.</summary>
    public static readonly DiagnosticCode IncompatibleImprints = Add(
        "VI0021",
        "imprints that can not be added or compared",
        "Counts of different models or taxonomies do not measure the same thing. Audit both datasets with the same model "
        + "package and the same options.");

    /// <summary>Stance asked of a model that gives none.</summary>
    public static readonly DiagnosticCode NoStance = Add(
        "VI0022",
        "stance asked of a model that gives none",
        "A rule counts texts by stance, but the model that made the imprint has no stance head. Use one that has, or leave out the "
        + "rule's `stance`.");

    /// <summary>Prevalence that can not be adjusted.</summary>
    public static readonly DiagnosticCode AdjustmentNotPossible = Add(
        "VI0023",
        "prevalence that can not be adjusted",
        "A rule asks for `estimate: adjusted`, which corrects the counts for the model's known errors. That takes a single-label model "
        + "whose package states a confusion matrix with texts of every value. Use such a model, or judge the counted share.");

    /// <summary>Rule that can not be settled early.</summary>
    public static readonly DiagnosticCode NotSettledEarly = Add(
        "VI0024",
        "rule that can not be settled early",
        "`check --early` stops as soon as every rule is settled, which only rules on counted shares can be. Those on contrast, drift, an "
        + "adjusted prevalence or a group of a multi-label model take the whole dataset. Check without `--early`, or keep such "
        + "rules in a policy of their own.");

    /// <summary>Share below its minimum.</summary>
    public static readonly DiagnosticCode BelowMinimum = Add(
        "VI1001",
        "share below its minimum",
        "Fewer texts of the scope have the value than the policy asks for. Add texts that show it, or lower the bound "
        + "knowingly.");

    /// <summary>Share above its maximum.</summary>
    public static readonly DiagnosticCode AboveMaximum = Add(
        "VI1002",
        "share above its maximum",
        "More texts of the scope have the value than the policy allows. Remove or balance texts, or raise the bound knowingly.");

    /// <summary>Too few texts to judge.</summary>
    public static readonly DiagnosticCode TooFewTexts = Add(
        "VI1003",
        "too few texts to judge",
        "The scope has fewer texts than the rule's `minimum_texts`, so a share would say little. Audit more rows.");

    /// <summary>Contrast below its minimum.</summary>
    public static readonly DiagnosticCode ContrastBelowMinimum = Add(
        "VI1004",
        "contrast below its minimum",
        "Over the same pairs, the chosen texts do not exceed the rejected ones in this value by as much as the policy asks for: the "
        + "preference does not reward it enough. Look at pairs whose rejected text alone has the value.");

    /// <summary>Contrast above its maximum.</summary>
    public static readonly DiagnosticCode ContrastAboveMaximum = Add(
        "VI1005",
        "contrast above its maximum",
        "Over the same pairs, the chosen texts exceed the rejected ones in this value by more than the policy allows: the preference "
        + "rewards it too much. Look at pairs whose chosen text alone has the value.");

    /// <summary>Bound within the interval.</summary>
    public static readonly DiagnosticCode Straddles = Add(
        "VI1006",
        "bound within the interval",
        "The rule says `on_straddle: inconclusive`, and its bound lies within the interval of the share: chance could have put the "
        + "share on either side. Audit more rows, or let the rule judge.");

    /// <summary>Share fell too far.</summary>
    public static readonly DiagnosticCode ShareDropped = Add(
        "VI2001",
        "share fell too far",
        "Against the baseline, the share of the value fell by more than the policy allows. Add texts that show it, or accept the "
        + "dataset as the new baseline knowingly.");

    /// <summary>Share rose too far.</summary>
    public static readonly DiagnosticCode ShareRose = Add(
        "VI2002",
        "share rose too far",
        "Against the baseline, the share of the value rose by more than the policy allows. Balance the texts, or accept the dataset "
        + "as the new baseline knowingly.");

    /// <summary>Distribution moved too far.</summary>
    public static readonly DiagnosticCode Diverged = Add(
        "VI2003",
        "distribution moved too far",
        "The distribution over all values moved away from the baseline's by more than the policy allows (Jensen-Shannon divergence, "
        + "in bits from 0 to 1). Compare the two imprints to see which values moved.");

    /// <summary>Drift without a baseline.</summary>
    public static readonly DiagnosticCode NoBaseline = Add(
        "VI2004",
        "drift without a baseline",
        "The policy has rules on drift, which need the imprint of an accepted dataset to compare with. Name one, or remove the "
        + "`drift` rules.");

    /// <summary>Baseline that can not be compared.</summary>
    public static readonly DiagnosticCode IncomparableBaseline = Add(
        "VI2005",
        "baseline that can not be compared",
        "The baseline was made by another model or with another taxonomy, so a difference may be the model's and not the dataset's. "
        + "Audit the baseline's dataset again with this model.");

    /// <summary>Nothing to judge.</summary>
    public static readonly DiagnosticCode NothingToJudge = Add(
        "VI3001",
        "nothing to judge",
        "The imprint counts no text at all. An empty dataset never passes.");

    /// <summary>Scope without texts.</summary>
    public static readonly DiagnosticCode MissingScope = Add(
        "VI3002",
        "scope without texts",
        "A rule asks about a scope that no text of the dataset has. Check the layout and the rule's `scope`.");

    /// <summary>Not an imprint.</summary>
    public static readonly DiagnosticCode InvalidImprint = Add(
        "VI3003",
        "not an imprint",
        "The file is not the JSON of an imprint. It may have been cut off; audit again.");

    /// <summary>Imprint of another schema version.</summary>
    public static readonly DiagnosticCode UnsupportedImprint = Add(
        "VI3004",
        "imprint of another schema version",
        "The imprint was written by another version of ValueImprint. Audit again with this one, or judge it with the version "
        + "that wrote it.");

    /// <summary>Counts that do not add up.</summary>
    public static readonly DiagnosticCode AccountingBroken = Add(
        "VI3005",
        "counts that do not add up",
        "Every row and every text of an imprint is accounted for. Here a sum is wrong, so the file was edited or damaged. Audit "
        + "again.");

    /// <summary>Input that can not be read.</summary>
    public static readonly DiagnosticCode UnreadableInput = Add(
        "VI3006",
        "input that can not be read",
        "A file is missing, may not be read, or is not what its name says.");

    /// <summary>Row rejected.</summary>
    public static readonly DiagnosticCode RejectedRow = Add(
        "VI3007",
        "row rejected",
        "A row could not be read or classified. It is left out and counted as rejected.");

    /// <summary>Too many rejected rows.</summary>
    public static readonly DiagnosticCode TooManyBadRows = Add(
        "VI3008",
        "too many rejected rows",
        "More rows were rejected than `--max-bad-rows` allows (0.1 % unless told otherwise), so the shares would not stand for "
        + "the dataset.");

    /// <summary>No usable model.</summary>
    public static readonly DiagnosticCode NoModel = Add(
        "VI3009",
        "no usable model",
        "The model package is missing or does not hold together.");

    /// <summary>Server out of reach.</summary>
    public static readonly DiagnosticCode ServerUnavailable = Add(
        "VI3010",
        "server out of reach",
        "No server answered at the address. Check the address, or leave it out to use a local server.");

    /// <summary>Local server that does not start.</summary>
    public static readonly DiagnosticCode LocalServerFailed = Add(
        "VI3011",
        "local server that does not start",
        "The server on this machine ended at its start or was not ready in time. The message ends with the last lines of its log.");

    /// <summary>Call refused.</summary>
    public static readonly DiagnosticCode CallRefused = Add(
        "VI3012",
        "call refused",
        "The server answered, but refused the call: it wants a token, or an option is out of its range, or it is of another version.");

    /// <summary>Model changed.</summary>
    public static readonly DiagnosticCode ModelChanged = Add(
        "VI3013",
        "model changed",
        "Another model answered than at the beginning, after a restart or from another replica. Its results can't be counted with "
        + "the earlier ones.");

    /// <summary>Repeated crash.</summary>
    public static readonly DiagnosticCode RepeatedCrash = Add(
        "VI3014",
        "repeated crash",
        "The server broke down more than once while it held the same texts, so that one of them may be the cause. The message names "
        + "their rows.");

    /// <summary>No preference pairs.</summary>
    public static readonly DiagnosticCode NoPairs = Add(
        "VI3015",
        "no preference pairs",
        "A rule on the contrast asks about pairs of a chosen and a rejected text, and the dataset has none, or fewer than the rule "
        + "asks for. Check the layout, or remove the rule.");

    /// <summary>Part of a dataset.</summary>
    public static readonly DiagnosticCode IncompleteImprint = Add(
        "VI3016",
        "part of a dataset",
        "The imprint does not count all units of its files, so it says nothing about the whole. The message names the missing units: audit "
        + "them and add them up with `merge`. `--partial` judges what is there, and the verdict then says of how much.");

    /// <summary>Package that is not what was audited.</summary>
    public static readonly DiagnosticCode PackageMismatch = Add(
        "VI3017",
        "package that is not what was audited",
        "A NuGet package lacks a dataset that was audited for it, byte for byte, or its imprint, or holds data that nobody audited. Pack "
        + "again where files changed meanwhile; `Pack=\"false\"` on a ValueImprintDataset leaves it out knowingly.");

    /// <summary>Fault of ValueImprint.</summary>
    public static readonly DiagnosticCode InternalFault = Add(
        "VI9001",
        "fault of ValueImprint",
        "ValueImprint did something it should not. Please report it with the command and the version; the message holds no "
        + "dataset text.");

    private static DiagnosticCode Add(string id, string title, string explanation)
    {
        var code = new DiagnosticCode(id, title, explanation);
        _all.Add(code);
        return code;
    }
}
