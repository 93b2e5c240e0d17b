using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Documents;
using ValueImprint.Core.Taxonomy;

namespace ValueImprint.Core.Imprints;

/// <summary>Reads imprint files, strictly: an unknown schema, an unknown member or counts that do not add up are refused.</summary>
public static class ImprintReader
{
    private const int MaxDepth = 16;

    /// <summary>Reads an imprint.</summary>
    /// <param name="stream">UTF-8 JSON of at most <see cref="ImprintFormat.MaxBytes"/>; left open.</param>
    /// <param name="sourceName">The file's name, for messages.</param>
    /// <param name="imprint">The imprint.</param>
    /// <param name="diagnostics">Why it can't be read.</param>
    public static bool TryRead(
        Stream stream, string sourceName, [NotNullWhen(true)] out Imprint? imprint, out IReadOnlyList<Diagnostic> diagnostics)
    {
        try
        {
            (imprint, diagnostics) = (ReadImprint(JsonField.Read(stream, ImprintFormat.MaxBytes, Fault, MaxDepth)), []);
            return true;
        }
        catch (InvalidImprintException fault)
        {
            (imprint, diagnostics) = (null, [Diagnostic.Error(fault.Code, new SourcePosition(sourceName, fault.Place.Line, fault.Place.Column), fault.Message)]);
            return false;
        }
    }

    private static InvalidImprintException Fault(JsonPlace place, string problem) => new(
        DiagnosticCatalogue.InvalidImprint,
        place.Path.Length > 0 ? $"Not a valid imprint: '{place.Path}' {problem}" : $"Not an imprint: the file {problem} It may have been cut off. Audit again.",
        place);

    private static InvalidImprintException Unbalanced(string problem) =>
        new(DiagnosticCatalogue.AccountingBroken, $"The imprint's counts do not add up. {problem} Audit again.");

    private static Imprint ReadImprint(JsonField json)
    {
        var schema = json.Get("imprint").WholeNumber();
        if (schema is < ImprintFormat.OldestSchemaVersion or > ImprintFormat.SchemaVersion)
        {
            throw new InvalidImprintException(
                DiagnosticCatalogue.UnsupportedImprint,
                FormattableString.Invariant($"Imprint schema {schema} is not known; this version reads {ImprintFormat.OldestSchemaVersion} and {ImprintFormat.SchemaVersion}. ")
                + ImprintFormat.UnsupportedAdvice);
        }

        json.Only("imprint", "run", "files", "model", "taxonomy", "rows", "scopes", "pairs");
        var taxonomy = ReadTaxonomy(json.Get("taxonomy"));
        var model = ReadModel(json.Get("model"), taxonomy.Values.Count);
        try
        {
            var imprint = new Imprint(
                model,
                taxonomy,
                ReadRun(json.Get("run"), schema),
                json.Get("run").TryGet("units", out var units) ? [.. units.Items().Select(ReadUnits)] : [],
                [.. json.Get("files").Items().Select(ReadFile)],
                ReadRows(json.Get("rows")),
                ReadScopes(json.Get("scopes"), model, taxonomy),
                json.TryGet("pairs", out var pairs) ? ReadPairs(pairs, model, taxonomy) : PairCounts.Empty(model.ProblemType, taxonomy.Values.Count));
            return imprint.Units.Count > 0 || imprint.Files.Count == 0 ? imprint
                : schema == ImprintFormat.OldestSchemaVersion ? imprint.AsUnit(Shard.Whole, "")
                : throw json.Get("run").FaultAt("units", "names no unit, but there are files.");
        }
        catch (Exception fault) when (fault is ArgumentException or OverflowException)
        {
            throw Unbalanced(fault.Message);
        }
    }

    private static ImprintRun ReadRun(JsonField json, long schema)
    {
        if (schema == ImprintFormat.OldestSchemaVersion && json.TryGet("shards", out _))
        {
            throw new InvalidImprintException(
                DiagnosticCatalogue.UnsupportedImprint,
                "The imprint was made of shards by an earlier version, which did not say what they are shards of. Audit again with this version.");
        }

        json.Only("created", "duration_ms", "tool", schema == ImprintFormat.OldestSchemaVersion ? "tool" : "units");
        var duration = json.Get("duration_ms").WholeNumber(0, (long)TimeSpan.MaxValue.TotalMilliseconds);
        return new ImprintRun(
            json.TryGet("created", out var created) ? ReadTime(created) : null,
            TimeSpan.FromMilliseconds(duration),
            json.TryGet("tool", out var tool) ? tool.Text() : null);
    }

    private static UnitSet ReadUnits(JsonField json)
    {
        json.Only("id", "count", "files", "counted");
        var count = (int)json.Get("count").WholeNumber(1, UnitSet.MaxUnits);
        var counted = new SortedDictionary<int, string>();
        foreach (var (name, counts) in json.Get("counted").Members())
        {
            counted[int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var unit) && unit >= 1 && unit <= count
                ? unit
                : throw counts.Fault(FormattableString.Invariant($"is no unit; expected a number from 1 to {count}."))] = counts.Text();
        }

        return new UnitSet
        {
            Id = json.Get("id").Text(),
            Count = count,
            Files = [.. json.Get("files").Items().Select(static file => file.Text())],
            Counted = counted,
        };
    }

    private static DateTimeOffset ReadTime(JsonField json) =>
        DateTimeOffset.TryParse(json.Text(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw json.Fault("is not a time; expected one such as 2026-01-31T12:00:00.000Z.");

    private static DatasetFile ReadFile(JsonField json)
    {
        json.Only("name", "bytes", "sha256", "rows", "readings", "unread");
        return new DatasetFile(json.Get("name").Text(), json.Get("bytes").WholeNumber(), json.Get("sha256").Text(), json.Get("rows").WholeNumber())
        {
            Readings = json.TryGet("readings", out var readings) ? [.. readings.Items().Select(ReadReading)] : [],
            Unread = json.TryGet("unread", out var unread) ? [.. unread.Items().Select(static name => name.Text())] : [],
        };
    }

    private static DatasetReading ReadReading(JsonField json)
    {
        json.Only("layout", "fields");
        return new DatasetReading(json.Get("layout").Text(), [.. json.Get("fields").Members().Select(static field => (field.Name, field.Value.Text()))]);
    }

    private static ImprintModel ReadModel(JsonField json, int values)
    {
        json.Only(
            "name", "version", "content_hash", "tokenizer_hash", "variant", "problem_type", "max_tokens", "truncation", "head_share",
            "temperature", "abstain_below", "has_stance", "confusion");
        return new ImprintModel
        {
            Name = json.Get("name").Text(),
            Version = json.Get("version").Text(),
            ContentHash = json.Get("content_hash").Text(),
            TokenizerHash = json.Get("tokenizer_hash").Text(),
            Variant = json.Get("variant").Text(),
            ProblemType = json.Get("problem_type").OneOf<ProblemType>(ImprintFormat.ProblemTypes),
            MaxTokens = (int)json.Get("max_tokens").WholeNumber(0, int.MaxValue),
            Truncation = json.Get("truncation").OneOf<TruncationStrategy>(ImprintFormat.Truncations),
            HeadShare = json.Get("head_share").Number(0, 1),
            Temperature = json.Get("temperature").Number(0, double.MaxValue),
            AbstainBelow = json.Get("abstain_below").Number(0, 1),
            HasStance = json.Get("has_stance").Flag(),
            Confusion = json.TryGet("confusion", out var confusion) ? ReadConfusion(confusion, values) : null,
        };
    }

    private static ConfusionMatrix ReadConfusion(JsonField json, int values)
    {
        var rows = json.Items().Select(static row => row.Items().Select(static item => item.WholeNumber()).ToArray()).ToList();
        try
        {
            return rows.Count == values && rows.TrueForAll(row => row.Length == rows[0].Length)
                ? new ConfusionMatrix(values, [.. rows.SelectMany(static row => row)])
                : throw json.Fault(FormattableString.Invariant($"has {rows.Count} rows; expected {values} of equal length."));
        }
        catch (ArgumentException fault)
        {
            throw json.Fault($"can't be a confusion matrix: {fault.Message}");
        }
    }

    private static TaxonomyIdentity ReadTaxonomy(JsonField json)
    {
        json.Only("id", "version", "content_hash", "values");
        ValueName[] values =
        [
            .. json.Get("values").Items().Select(static item => item.Only("id", "name")).Select(static item => new ValueName(
                item.Get("id").Matching(static id => TaxonomyRules.CheckId(id, "value")),
                item.Get("name").Matching(TaxonomyRules.CheckName))),
        ];
        if (TaxonomyRules.CheckCount(values.Length) is { } problem)
        {
            throw json.FaultAt("values", problem);
        }

        try
        {
            return new TaxonomyIdentity(
                json.Get("id").Matching(static id => TaxonomyRules.CheckId(id, "taxonomy")),
                json.Get("version").Matching(TaxonomyRules.CheckVersion),
                json.Get("content_hash").Text(),
                values);
        }
        catch (ArgumentException)
        {
            throw json.FaultAt("values", "names two values alike.");
        }
    }

    private static RowCounts ReadRows(JsonField json)
    {
        json.Only("read", "classified", "duplicates", "near_duplicates", "rejected", "rejected_by_reason", "rejected_places");
        var rows = new RowCounts
        {
            Classified = json.Get("classified").WholeNumber(),
            Duplicates = json.Get("duplicates").WholeNumber(),
            NearDuplicates = json.TryGet("near_duplicates", out var near) ? near.WholeNumber() : 0,
            RejectedByReason =
            [
                .. json.Get("rejected_by_reason").Members()
                    .Select(static member => CheckReason(member.Name) is { } problem
                        ? throw member.Value.Fault(problem)
                        : KeyValuePair.Create(member.Name, member.Value.WholeNumber()))
                    .OrderBy(static reason => reason.Key, StringComparer.Ordinal),
            ],
            RejectedPlaces = [.. json.Get("rejected_places").Items().Select(ReadPlace).Order(RejectedPlace.Order)],
        };
        var (read, rejected) = (json.Get("read").WholeNumber(), json.Get("rejected").WholeNumber());
        return read == rows.Read && rejected == rows.Rejected
            ? rows
            : throw Unbalanced(FormattableString.Invariant($"{read} rows were read and {rejected} rejected, but {rows.Read} and {rows.Rejected} are accounted for."));
    }

    // A reason is a code, so that no dataset text gets into reports by way of an imprint.
    private static string? CheckReason(string reason) => ValueName.IsId(reason) ? null : $"is no reason; expected {ValueName.IdForm}.";

    private static RejectedPlace ReadPlace(JsonField json)
    {
        json.Only("file", "line", "reason");
        return new RejectedPlace(json.Get("file").Text(), json.Get("line").WholeNumber(), json.Get("reason").Matching(CheckReason));
    }

    private static List<ScopeCounts> ReadScopes(JsonField json, ImprintModel model, TaxonomyIdentity taxonomy)
    {
        var scopes = new List<ScopeCounts>();
        foreach (var item in json.Items())
        {
            var isMultiLabel = model.ProblemType == ProblemType.MultiLabel;
            item.Only("scope", "texts", "abstained", "truncated", "values", isMultiLabel ? "label_sets" : "values");
            var scope = item.Get("scope").OneOf<TextScope>(TextScopes.Names);
            if (scopes.Any(counts => counts.Scope == scope))
            {
                throw item.Fault("has a scope that an earlier one has.");
            }

            scopes.Add(new ScopeCounts(
                scope,
                item.Get("texts").WholeNumber(),
                item.Get("abstained").WholeNumber(),
                item.Get("truncated").WholeNumber(),
                [.. OfEachValue(item.Get("values"), taxonomy).Select(value => ReadValue(value, model.HasStance))],
                isMultiLabel ? ReadLabelSets(item, model, taxonomy.Values.Count) : []));
        }

        return scopes;
    }

    private static JsonField[] OfEachValue(JsonField json, TaxonomyIdentity taxonomy)
    {
        JsonField[] items = [.. json.Items()];
        return items.Select(static item => item.Get("value").Text()).SequenceEqual(taxonomy.Values.Select(static value => value.Id))
            ? items
            : throw json.Fault("must hold the taxonomy's values, all of them in its order.");
    }

    private static ValueCounts ReadValue(JsonField json, bool hasStance)
    {
        json.Only(hasStance ? ["value", "texts", "upholds", "violates", "neutral", "scores"] : ["value", "texts", "scores"]);
        return new ValueCounts(
            json.Get("texts").WholeNumber(),
            hasStance ? json.Get("upholds").WholeNumber() : 0,
            hasStance ? json.Get("violates").WholeNumber() : 0,
            hasStance ? json.Get("neutral").WholeNumber() : 0,
            ReadCounts(json.Get("scores"), ScoreHistogram.Bins));
    }

    private static long[] ReadCounts(JsonField json, int length)
    {
        long[] counts = [.. json.Items().Select(static item => item.WholeNumber())];
        return counts.Length == length ? counts : throw json.Fault(FormattableString.Invariant($"has {counts.Length} counts; expected {length}."));
    }

    // There, and null, where there were too many sets.
    private static List<LabelSet>? ReadLabelSets(JsonField scope, ImprintModel model, int values)
    {
        if (!scope.TryGet("label_sets", out var json))
        {
            return scope.Members().Any(static member => member.Name == "label_sets") ? null : throw scope.FaultAt("label_sets", "is missing.");
        }

        var sets = new List<LabelSet>();
        foreach (var item in json.Items())
        {
            item.Only("values", "texts", model.HasStance ? "stance" : "texts");
            int[] indexes = [.. item.Get("values").Items().Select(index => (int)index.WholeNumber(0, values - 1))];
            sets.Add(new LabelSet(indexes, model.HasStance ? item.Get("stance").OneOf<Stance>(ImprintFormat.Stances) : null, item.Get("texts").WholeNumber()));
        }

        return sets;
    }

    private static PairCounts ReadPairs(JsonField json, ImprintModel model, TaxonomyIdentity taxonomy)
    {
        var isSingleLabel = model.ProblemType == ProblemType.SingleLabel;
        json.Only("pairs", "values", isSingleLabel ? "transitions" : "values");
        var (has, upheld) = (new List<PairedCounts>(), new List<PairedCounts>());
        foreach (var item in OfEachValue(json.Get("values"), taxonomy))
        {
            item.Only("value", "has", model.HasStance ? "upholds" : "has");
            has.Add(ReadSides(item.Get("has")));
            upheld.Add(model.HasStance ? ReadSides(item.Get("upholds")) : default);
        }

        return new PairCounts(json.Get("pairs").WholeNumber(), has, upheld, isSingleLabel ? ReadTransitions(json.Get("transitions"), has.Count + 1) : []);
    }

    private static PairedCounts ReadSides(JsonField json)
    {
        json.Only("both", "chosen_only", "rejected_only");
        return new PairedCounts(json.Get("both").WholeNumber(), json.Get("chosen_only").WholeNumber(), json.Get("rejected_only").WholeNumber());
    }

    private static long[] ReadTransitions(JsonField json, int width)
    {
        JsonField[] rows = [.. json.Items()];
        return rows.Length == width
            ? [.. rows.SelectMany(row => ReadCounts(row, width))]
            : throw json.Fault(FormattableString.Invariant($"has {rows.Length} rows; expected {width}."));
    }

    private sealed class InvalidImprintException(DiagnosticCode code, string message, JsonPlace place = default) : Exception(message)
    {
        public DiagnosticCode Code { get; } = code;

        public JsonPlace Place { get; } = place;
    }
}
