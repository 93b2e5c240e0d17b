using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Inference.Models;

namespace ValueImprint.Tool.Tables;

/// <summary>What an imprint was made from, and what became of every row, in lines.</summary>
internal static class ImprintProvenance
{
    private const int MostFiles = 3;

    public static IEnumerable<string> Lines(Imprint imprint, Glyphs glyphs)
    {
        yield return $"Files  {Files(imprint)}";
        yield return $"Rows   {Rows(imprint.Rows)}";
        var model = imprint.Model;
        yield return $"Model  {model.Name} {model.Version}".TrimEnd()
            + $" {glyphs.Separator} {model.Variant} {glyphs.Separator} {HashText.Start(model.ContentHash)} {glyphs.Separator} taxonomy {imprint.Taxonomy}";
    }

    /// <summary>The first files by name.</summary>
    public static string Files(Imprint imprint)
    {
        var files = imprint.Files.Take(MostFiles).Select(static file => file.Name);
        var more = imprint.Files.Count - MostFiles;
        return $"{string.Join(", ", files)}{(more > 0 ? $" and {ShareCells.Count(more)} more" : "")}";
    }

    private static string Rows(RowCounts rows)
    {
        var parts = new List<string> { $"{ShareCells.Count(rows.Classified)} classified" };
        if (rows.Duplicates > 0)
        {
            parts.Add($"{ShareCells.Count(rows.Duplicates)} skipped as duplicates");
        }

        if (rows.NearDuplicates > 0)
        {
            parts.Add($"{ShareCells.Count(rows.NearDuplicates)} skipped as near-duplicates");
        }

        if (rows.Rejected > 0)
        {
            var reasons = rows.RejectedByReason.Select(static reason => $"{reason.Key} {ShareCells.Count(reason.Value)}");
            parts.Add($"{ShareCells.Count(rows.Rejected)} rejected ({string.Join(", ", reasons)})");
        }

        return $"{ShareCells.Count(rows.Read)} read: {string.Join(", ", parts)}";
    }
}
