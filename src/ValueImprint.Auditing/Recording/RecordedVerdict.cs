using System.Text.Json;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Auditing.Recording;

/// <summary>Turns a recorded result, see <see cref="RowResultWriter"/>, back into the verdict that was counted.</summary>
internal sealed class RecordedVerdict(Imprint imprint)
{
    private static readonly string[] _stances = ["upholds", "violates", "neutral"];

    /// <summary>Reads a result.</summary>
    /// <param name="json">A line's object, or a Parquet row's.</param>
    /// <param name="verdict">Null for a row that was rejected.</param>
    /// <param name="place">File and row, which the texts of one row share.</param>
    public bool TryRead(JsonElement json, out TextVerdict? verdict, out (string? File, long Row) place)
    {
        (verdict, place) = (null, default);
        if (json.ValueKind != JsonValueKind.Object || !TryGet(json, "row", JsonValueKind.Number, out var row) || !row.TryGetInt64(out var number))
        {
            return false;
        }

        place = (Text(json, "file"), number);
        if (Text(json, "rejected") is not null)
        {
            return true;
        }

        var stance = Array.IndexOf(_stances, Text(json, "stance"));
        if (!TextScopes.TryParse(Text(json, "scope") ?? "", out var scope) || Scores(json) is not { } scores || Values(json) is not { } values)
        {
            return false;
        }

        var isTruncated = json.TryGetProperty("truncated", out var truncated) && truncated.ValueKind == JsonValueKind.True;
        verdict = new TextVerdict(scope, values, scores, stance < 0 ? null : (Stance)stance, isTruncated);
        return true;
    }

    private float[]? Scores(JsonElement json)
    {
        var taxonomy = imprint.Taxonomy;
        if (!TryGet(json, "scores", JsonValueKind.Object, out var members))
        {
            return null;
        }

        var scores = new float[taxonomy.Values.Count];
        Array.Fill(scores, float.NaN);
        foreach (var member in members.EnumerateObject())
        {
            if (!taxonomy.TryFind(member.Name, out var index) || member.Value.ValueKind != JsonValueKind.Number || !member.Value.TryGetSingle(out scores[index]))
            {
                return null;
            }
        }

        return Array.Exists(scores, static score => !(score is >= 0 and <= 1)) ? null : scores;
    }

    // One value stands under `value`, several stand under `values` too.
    private int[]? Values(JsonElement json)
    {
        var names = TryGet(json, "values", JsonValueKind.Array, out var several) ? [.. several.EnumerateArray().Select(static name => name.ToString())]
            : Text(json, "value") is { } one ? [one]
            : Array.Empty<string>();
        var values = new int[names.Length];
        for (var index = 0; index < names.Length; index++)
        {
            if (!imprint.Taxonomy.TryFind(names[index], out values[index]))
            {
                return null;
            }
        }

        return values;
    }

    // Parquet has a null where a line lacks the member.
    private static string? Text(JsonElement json, string name) => TryGet(json, name, JsonValueKind.String, out var member) ? member.GetString() : null;

    private static bool TryGet(JsonElement json, string name, JsonValueKind kind, out JsonElement member) =>
        json.TryGetProperty(name, out member) && member.ValueKind == kind;
}
