using ValueImprint.Core.Taxonomy;

namespace ValueImprint.Core.Imprints;

internal readonly partial struct ImprintElement
{
    private PairCounts ReadPairs(ImprintModel model, TaxonomyIdentity taxonomy)
    {
        var isSingleLabel = model.ProblemType == ProblemType.SingleLabel;
        Only("pairs", "values", isSingleLabel ? "transitions" : "values");
        var (has, upheld) = (new List<PairedCounts>(), new List<PairedCounts>());
        foreach (var item in this["values"].Items())
        {
            item.Only("value", "has", model.HasStance ? "upholds" : "has");
            if (has.Count == taxonomy.Values.Count || item["value"].Text() != taxonomy.Values[has.Count].Id)
            {
                throw item.Fault("the values must be those of the taxonomy, in its order");
            }

            has.Add(item["has"].ReadSides());
            upheld.Add(model.HasStance ? item["upholds"].ReadSides() : default);
        }

        return has.Count == taxonomy.Values.Count
            ? new PairCounts(this["pairs"].Count(), has, upheld, isSingleLabel ? this["transitions"].ReadTransitions(has.Count + 1) : [])
            : throw this["values"].Fault("a value is missing");
    }

    private PairedCounts ReadSides()
    {
        Only("both", "chosen_only", "rejected_only");
        return new PairedCounts(this["both"].Count(), this["chosen_only"].Count(), this["rejected_only"].Count());
    }

    private long[] ReadTransitions(int width)
    {
        var rows = Items().ToList();
        return rows.Count == width
            ? [.. rows.SelectMany(row => row.ReadCounts(width))]
            : throw Fault(FormattableString.Invariant($"{width} rows were expected"));
    }

    private List<LabelSet>? ReadLabelSets(ImprintModel model, int values)
    {
        if (IsNull)
        {
            return null;
        }

        var sets = new List<LabelSet>();
        foreach (var item in Items())
        {
            item.Only("values", "texts", model.HasStance ? "stance" : "texts");
            int[] indexes = [.. item["values"].Items().Select(index => index.Index(values))];
            var stance = model.HasStance ? item["stance"].OneOf<Stance>(ImprintFormat.Stances) : (Stance?)null;
            sets.Add(new LabelSet(indexes, stance, item["texts"].Count()));
        }

        return sets;
    }
}
