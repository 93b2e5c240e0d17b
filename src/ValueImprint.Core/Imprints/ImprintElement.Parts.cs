using System.Globalization;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Taxonomy;

namespace ValueImprint.Core.Imprints;

internal readonly partial struct ImprintElement
{
    public Imprint ReadImprint()
    {
        var schema = this["imprint"].Count();
        if (schema != ImprintFormat.SchemaVersion)
        {
            throw new InvalidImprintException(
                DiagnosticCatalogue.UnsupportedImprint,
                FormattableString.Invariant($"Imprint schema {schema} is not known; this version reads {ImprintFormat.SchemaVersion}. ")
                + ImprintFormat.UnsupportedAdvice);
        }

        Only("imprint", "run", "files", "model", "taxonomy", "rows", "scopes", "pairs");
        var taxonomy = this["taxonomy"].ReadTaxonomy();
        var model = this["model"].ReadModel(taxonomy.Values.Count);
        try
        {
            return new Imprint(
                model,
                taxonomy,
                this["run"].ReadRun(),
                this["files"].ReadFiles(),
                this["rows"].ReadRows(),
                this["scopes"].ReadScopes(model, taxonomy),
                TryGet("pairs")?.ReadPairs(model, taxonomy) ?? PairCounts.Empty(model.ProblemType, taxonomy.Values.Count));
        }
        catch (Exception fault) when (fault is ArgumentException or OverflowException)
        {
            throw new InvalidImprintException(
                DiagnosticCatalogue.AccountingBroken, $"The imprint's counts do not add up. {fault.Message} Audit again.");
        }
    }

    private ImprintRun ReadRun()
    {
        Only("created", "duration_ms", "tool", "shards");
        var created = TryGet("created") is { } text ? text.ReadTime() : (DateTimeOffset?)null;
        var duration = this["duration_ms"].Count();
        return duration <= (long)TimeSpan.MaxValue.TotalMilliseconds
            ? new ImprintRun(created, TimeSpan.FromMilliseconds(duration), TryGet("tool")?.Text()) { Shards = TryGet("shards")?.ReadShards() ?? [] }
            : throw this["duration_ms"].Fault("the duration is out of range");
    }

    private List<Shard> ReadShards() =>
        [.. Items().Select(static item => Shard.TryParse(item.Text(), out var shard) ? shard : throw item.Fault($"a shard was expected, {Shard.Form}"))];

    private DateTimeOffset ReadTime() =>
        DateTimeOffset.TryParse(Text(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw Fault("a time such as 2026-01-31T12:00:00.000Z was expected");

    private List<DatasetFile> ReadFiles()
    {
        var files = new List<DatasetFile>();
        foreach (var item in Items())
        {
            item.Only("name", "bytes", "sha256", "rows");
            files.Add(new DatasetFile(item["name"].Text(), item["bytes"].Count(), item["sha256"].Text(), item["rows"].Count()));
        }

        return files;
    }

    private ImprintModel ReadModel(int values)
    {
        Only(
            "name", "version", "content_hash", "tokenizer_hash", "variant", "problem_type", "max_tokens", "truncation", "head_share",
            "temperature", "abstain_below", "has_stance", "confusion");
        return new ImprintModel
        {
            Name = this["name"].Text(),
            Version = this["version"].Text(),
            ContentHash = this["content_hash"].Text(),
            TokenizerHash = this["tokenizer_hash"].Text(),
            Variant = this["variant"].Text(),
            ProblemType = this["problem_type"].OneOf<ProblemType>(ImprintFormat.ProblemTypes),
            MaxTokens = (int)this["max_tokens"].Number(0, int.MaxValue),
            Truncation = this["truncation"].OneOf<TruncationStrategy>(ImprintFormat.Truncations),
            HeadShare = this["head_share"].Number(0, 1),
            Temperature = this["temperature"].Number(0, double.MaxValue),
            AbstainBelow = this["abstain_below"].Number(0, 1),
            HasStance = this["has_stance"].Flag(),
            Confusion = TryGet("confusion")?.ReadConfusion(values),
        };
    }

    private ConfusionMatrix ReadConfusion(int values)
    {
        var rows = Items().Select(static row => row.Items().Select(static item => item.Count()).ToArray()).ToList();
        try
        {
            return rows.Count == values && rows.TrueForAll(row => row.Length == rows[0].Length)
                ? new ConfusionMatrix(values, [.. rows.SelectMany(static row => row)])
                : throw Fault(FormattableString.Invariant($"{values} rows of equal length were expected"));
        }
        catch (ArgumentException fault)
        {
            throw Fault(fault.Message);
        }
    }

    private long[] ReadCounts(int length)
    {
        long[] counts = [.. Items().Select(static item => item.Count())];
        return counts.Length == length ? counts : throw Fault(FormattableString.Invariant($"{length} counts were expected"));
    }

    private TaxonomyIdentity ReadTaxonomy()
    {
        Only("id", "version", "content_hash", "values");
        var values = new List<ValueName>();
        foreach (var item in this["values"].Items())
        {
            item.Only("id", "name");
            values.Add(new ValueName(
                item["id"].Matching(static id => TaxonomyRules.CheckId(id, "value")),
                item["name"].Matching(TaxonomyRules.CheckName)));
        }

        if (TaxonomyRules.CheckCount(values.Count) is { } problem)
        {
            throw this["values"].Fault(problem);
        }

        try
        {
            return new TaxonomyIdentity(
                this["id"].Matching(static id => TaxonomyRules.CheckId(id, "taxonomy")),
                this["version"].Matching(TaxonomyRules.CheckVersion),
                this["content_hash"].Text(),
                values);
        }
        catch (ArgumentException)
        {
            throw this["values"].Fault("two values share an id or a name");
        }
    }

    private RowCounts ReadRows()
    {
        Only("read", "classified", "duplicates", "near_duplicates", "rejected", "rejected_by_reason", "rejected_places");
        var rows = new RowCounts
        {
            Classified = this["classified"].Count(),
            Duplicates = this["duplicates"].Count(),
            NearDuplicates = TryGet("near_duplicates")?.Count() ?? 0,
            RejectedByReason =
            [
                .. this["rejected_by_reason"].Members()
                    .Select(static member => KeyValuePair.Create(member.Value.CheckedReason(member.Key), member.Value.Count()))
                    .OrderBy(static reason => reason.Key, StringComparer.Ordinal),
            ],
            RejectedPlaces = [.. this["rejected_places"].ReadPlaces().Order(RejectedPlace.Order)],
        };
        return this["read"].Count() == rows.Read && this["rejected"].Count() == rows.Rejected
            ? rows
            : throw new InvalidImprintException(
                DiagnosticCatalogue.AccountingBroken,
                FormattableString.Invariant($"The imprint's counts do not add up. {this["read"].Count()} rows were read, ")
                + FormattableString.Invariant($"but {rows.Read} are accounted for. Audit again."));
    }

    private string CheckedReason(string reason) => CheckReason(reason) is { } problem ? throw Fault(problem) : reason;

    // A reason is a code, so that no dataset text gets into reports by way of an imprint.
    private static string? CheckReason(string reason) => ValueName.IsId(reason) ? null : $"a reason must have the form {ValueName.IdForm}";

    private List<RejectedPlace> ReadPlaces()
    {
        var places = new List<RejectedPlace>();
        foreach (var item in Items())
        {
            item.Only("file", "line", "reason");
            places.Add(new RejectedPlace(item["file"].Text(), item["line"].Count(), item["reason"].Matching(CheckReason)));
        }

        return places;
    }

    private List<ScopeCounts> ReadScopes(ImprintModel model, TaxonomyIdentity taxonomy)
    {
        var scopes = new List<ScopeCounts>();
        foreach (var item in Items())
        {
            var isMultiLabel = model.ProblemType == ProblemType.MultiLabel;
            item.Only("scope", "texts", "abstained", "truncated", "values", isMultiLabel ? "label_sets" : "values");
            var scope = item["scope"].OneOf<TextScope>([.. TextScopes.Names]);
            if (scopes.Any(counts => counts.Scope == scope))
            {
                throw item.Fault("the scope stands twice");
            }

            scopes.Add(new ScopeCounts(
                scope,
                item["texts"].Count(),
                item["abstained"].Count(),
                item["truncated"].Count(),
                item["values"].ReadValues(model, taxonomy),
                isMultiLabel ? item["label_sets"].ReadLabelSets(model, taxonomy.Values.Count) : []));
        }

        return scopes;
    }

    private List<ValueCounts> ReadValues(ImprintModel model, TaxonomyIdentity taxonomy)
    {
        var values = new List<ValueCounts>();
        foreach (var item in Items())
        {
            if (values.Count == taxonomy.Values.Count || item["value"].Text() != taxonomy.Values[values.Count].Id)
            {
                throw item.Fault("the values must be those of the taxonomy, in its order");
            }

            values.Add(model.HasStance
                ? item.Only("value", "texts", "upholds", "violates", "neutral", "scores").ReadValue()
                : item.Only("value", "texts", "scores").ReadValue());
        }

        return values.Count == taxonomy.Values.Count ? values : throw Fault("a value is missing");
    }

    private ValueCounts ReadValue() => new(
        this["texts"].Count(),
        TryGet("upholds")?.Count() ?? 0,
        TryGet("violates")?.Count() ?? 0,
        TryGet("neutral")?.Count() ?? 0,
        this["scores"].ReadCounts(ScoreHistogram.Bins));
}
