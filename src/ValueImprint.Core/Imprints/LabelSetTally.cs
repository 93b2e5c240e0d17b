namespace ValueImprint.Core.Imprints;

/// <summary>Counts texts by the set of their values.</summary>
internal sealed class LabelSetTally
{
    private readonly Dictionary<string, LabelSet> _sets = new(StringComparer.Ordinal);
    private bool _isTooMany;

    public void Add(in TextVerdict text)
    {
        if (_isTooMany)
        {
            return;
        }

        int[] values = [.. text.Values.Span];
        Array.Sort(values);
        var key = $"{string.Join(',', values)}/{text.Stance}";
        var set = _sets.GetValueOrDefault(key) ?? new LabelSet(values, text.Stance, 0);
        _sets[key] = set with { Texts = set.Texts + 1 };
        if (_sets.Count > LabelSets.Most)
        {
            _isTooMany = true;
            _sets.Clear();
        }
    }

    public IReadOnlyList<LabelSet>? Build() => _isTooMany ? null : LabelSets.Combine(_sets.Values);
}
