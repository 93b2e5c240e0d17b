namespace ValueImprint.Datasets.Layouts;

/// <summary>Collects neighbouring rows that answer the same prompt, and compares them by their scores (HelpSteer).</summary>
internal sealed class SamePrompt(Pairing pairs)
{
    /// <summary>A file that asks one thing all along must not grow memory.</summary>
    private const int MaxAnswers = 64;

    private readonly List<(string Text, double Score)> _answers = [];
    private string _prompt = "";
    private string? _id;
    private long _line;

    /// <summary>Adds a row's answer.</summary>
    /// <returns>False for another prompt than that of the answers before, which are to be taken first.</returns>
    public bool TryAdd(Reading reading, RowFields row, long line, out RowFault? fault)
    {
        fault = Composition.ReadPrompt(reading, row, out var prompt);
        if (fault is null && _answers.Count > 0 && (prompt != _prompt || _answers.Count == MaxAnswers))
        {
            return false;
        }

        var score = 0.0;
        var text = "";
        fault ??= Transcript.ReadReply(reading[row, Part.Response], reading.NameOf(Part.Response), prompt, out text)
            ?? (reading[row, Part.FirstScore].TryGetNumber(out score)
                ? null
                : Faults.NotA("a finite number", reading[row, Part.FirstScore], reading.NameOf(Part.FirstScore)));
        if (fault is null)
        {
            // Helpfulness decides, and where it is equal correctness, both from 0 to 4.
            score += reading[row, Part.SecondScore].TryGetNumber(out var second) ? second / 1000 : 0;
            (_prompt, _line, _id) = _answers.Count > 0 ? (_prompt, _line, _id) : (prompt, line, reading[row, Part.Id].AsIdentifier);
            _answers.Add((text, score));
        }

        return true;
    }

    /// <summary>The comparisons of the answers so far, with the line and the identifier of their first row.</summary>
    public IEnumerable<(long Line, string? Id, ScopedText[] Texts)> Take()
    {
        if (_answers.Count == 0)
        {
            return [];
        }

        var groups = new List<ScopedText[]>();
        Ranked.Add(groups, _answers, pairs, "response");
        _answers.Clear();
        var (line, id) = (_line, _id);
        return groups.Select(texts => (line, id, texts));
    }
}
