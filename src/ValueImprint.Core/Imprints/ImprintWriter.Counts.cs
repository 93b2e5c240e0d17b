using System.Globalization;
using System.Text;
using System.Text.Json;
using ValueImprint.Core.Gate;

namespace ValueImprint.Core.Imprints;

public static partial class ImprintWriter
{
    private static void WriteRows(Utf8JsonWriter json, RowCounts rows)
    {
        json.WriteStartObject("rows");
        json.WriteNumber("read", rows.Read);
        json.WriteNumber("classified", rows.Classified);
        json.WriteNumber("duplicates", rows.Duplicates);
        if (rows.NearDuplicates > 0)
        {
            json.WriteNumber("near_duplicates", rows.NearDuplicates);
        }

        json.WriteNumber("rejected", rows.Rejected);
        json.WriteStartObject("rejected_by_reason");
        foreach (var (reason, count) in rows.RejectedByReason)
        {
            json.WriteNumber(reason, count);
        }

        json.WriteEndObject();
        json.WriteStartArray("rejected_places");
        foreach (var place in rows.RejectedPlaces)
        {
            json.WriteStartObject();
            json.WriteString("file", place.File);
            json.WriteNumber("line", place.Line);
            json.WriteString("reason", place.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteScope(Utf8JsonWriter json, Imprint imprint, ScopeCounts scope)
    {
        json.WriteStartObject();
        json.WriteString("scope", scope.Scope.Name());
        json.WriteNumber("texts", scope.Texts);
        json.WriteNumber("abstained", scope.Abstained);
        json.WriteNumber("truncated", scope.Truncated);
        json.WriteStartArray("values");
        for (var index = 0; index < scope.Values.Count; index++)
        {
            var counts = scope.Values[index];
            json.WriteStartObject();
            json.WriteString("value", imprint.Taxonomy.Values[index].Id);
            json.WriteNumber("texts", counts.Texts);
            if (imprint.Model.HasStance)
            {
                json.WriteNumber("upholds", counts.Upholds);
                json.WriteNumber("violates", counts.Violates);
                json.WriteNumber("neutral", counts.Neutral);
            }

            json.WritePropertyName("scores");
            WriteCounts(json, counts.Scores.ToArray());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (imprint.Model.ProblemType == ProblemType.MultiLabel)
        {
            WriteLabelSets(json, scope.LabelSets);
        }

        json.WriteEndObject();
    }

    private static void WriteLabelSets(Utf8JsonWriter json, IReadOnlyList<LabelSet>? sets)
    {
        json.WritePropertyName("label_sets");
        if (sets is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartArray();
        foreach (var set in sets)
        {
            json.WriteStartObject();
            json.WritePropertyName("values");
            WriteCounts(json, [.. set.Values.Select(static value => (long)value)]);
            if (set.Stance is { } stance)
            {
                json.WriteString("stance", ImprintFormat.Stances[(int)stance]);
            }

            json.WriteNumber("texts", set.Texts);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePairs(Utf8JsonWriter json, Imprint imprint)
    {
        var pairs = imprint.Pairs;
        json.WriteStartObject("pairs");
        json.WriteNumber("pairs", pairs.Pairs);
        json.WriteStartArray("values");
        for (var index = 0; index < pairs.Values.Count; index++)
        {
            json.WriteStartObject();
            json.WriteString("value", imprint.Taxonomy.Values[index].Id);
            WriteSides(json, "has", pairs.Values[index]);
            if (imprint.Model.HasStance)
            {
                WriteSides(json, "upholds", pairs.Upheld[index]);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (imprint.Model.ProblemType == ProblemType.SingleLabel)
        {
            var width = pairs.Values.Count + 1;
            json.WriteStartArray("transitions");
            for (var rejected = 0; rejected < width; rejected++)
            {
                WriteCounts(json, [.. pairs.Transitions.Skip(rejected * width).Take(width)]);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteSides(Utf8JsonWriter json, string name, PairedCounts counts)
    {
        json.WriteStartObject(name);
        json.WriteNumber("both", counts.Both);
        json.WriteNumber("chosen_only", counts.ChosenOnly);
        json.WriteNumber("rejected_only", counts.RejectedOnly);
        json.WriteEndObject();
    }

    // A list of counts on one line, or the file would be one number a line.
    private static void WriteCounts(Utf8JsonWriter json, ReadOnlySpan<long> counts)
    {
        var text = new StringBuilder("[");
        foreach (var count in counts)
        {
            text.Append(text.Length > 1 ? ", " : "").Append(CultureInfo.InvariantCulture, $"{count}");
        }

        json.WriteRawValue(text.Append(']').ToString(), skipInputValidation: true);
    }
}
