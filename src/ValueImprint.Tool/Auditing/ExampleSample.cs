using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ValueImprint.Auditing.Recording;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Imprints;
using ValueImprint.Reports.Html;

namespace ValueImprint.Tool.Auditing;

/// <summary>
/// A few texts of each value and scope for a report. Drawn by a hash of the text's place, so that the same dataset shows the same
/// examples, whatever the order and the batches. Holds the beginnings of at most <see cref="PerValueAndScope"/> texts for each.
/// </summary>
internal sealed class ExampleSample
{
    /// <summary>How many texts are kept of each value and scope.</summary>
    public const int PerValueAndScope = 2;

    private readonly Dictionary<(TextScope Scope, int Value), List<(ulong Rank, ExampleText Example)>> _kept = [];

    /// <summary>Looks at a text; one without a value is no example.</summary>
    public void Add(RowResult row)
    {
        if (row is not { Scope: { } scope, Text: { } text, Outcome: { Abstained: false } outcome })
        {
            return;
        }

        var rank = RankOf(row, scope);
        if (!_kept.TryGetValue((scope, outcome.Top), out var kept))
        {
            _kept[(scope, outcome.Top)] = kept = new List<(ulong, ExampleText)>(PerValueAndScope + 1);
        }

        if (kept.Count < PerValueAndScope || rank < kept[^1].Rank)
        {
            kept.Add((rank, new ExampleText(scope, outcome.Top, text.Length > ReportLimits.ExampleCharacters ? text[..(ReportLimits.ExampleCharacters + 1)] : text)
            {
                Stance = outcome.Stance,
                Score = outcome.Scores.Span[outcome.Top],
                Position = new SourcePosition(row.File, (int)Math.Min(row.Line ?? 0, int.MaxValue)),
            }));
            kept.Sort(static (left, right) => left.Rank.CompareTo(right.Rank));
            kept.RemoveRange(Math.Min(kept.Count, PerValueAndScope), Math.Max(0, kept.Count - PerValueAndScope));
        }
    }

    /// <summary>What was drawn, by scope and value.</summary>
    public IReadOnlyList<ExampleText> Drawn() =>
        [.. _kept.Values.SelectMany(static kept => kept).Select(static kept => kept.Example).OrderBy(static example => example.Scope).ThenBy(static example => example.Value)];

    private static ulong RankOf(RowResult row, TextScope scope)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(row.File)}\n{row.Line}\n{scope}");
        return BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(place)));
    }
}
