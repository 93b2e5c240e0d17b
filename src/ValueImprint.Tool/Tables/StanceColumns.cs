using System.Globalization;
using ValueImprint.Core.Imprints;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Tables;

/// <summary>How the texts treat the value: three columns, or one where the line is short.</summary>
internal sealed class StanceColumns
{
    private const int RoomForThree = 96;

    private readonly Glyphs _glyphs;
    private readonly bool _isOne;

    private StanceColumns(Column[] columns, bool isOne, Glyphs glyphs) => (Columns, _isOne, _glyphs) = (columns, isOne, glyphs);

    /// <summary>None, one or three.</summary>
    public Column[] Columns { get; }

    public static StanceColumns For(bool hasStance, TerminalTraits traits, Glyphs glyphs) => !hasStance ? new([], false, glyphs)
        : traits.Width < RoomForThree ? new([new("Uph/Vio/Neu %", IsRight: true)], true, glyphs)
        : new([new("Upheld", IsRight: true), new("Violated", IsRight: true), new("Neutral", IsRight: true)], false, glyphs);

    /// <summary>The cells of one value, in per cent of its texts.</summary>
    public IEnumerable<Cell> Cells(ValueCounts counts)
    {
        if (Columns.Length == 0)
        {
            return [];
        }

        if (_isOne)
        {
            return [counts.Texts == 0 ? _glyphs.Dash : $"{Percent(counts.Upholds, counts),3}/{Percent(counts.Violates, counts),3}/{Percent(counts.Neutral, counts),3}"];
        }

        return [Cell(counts.Upholds, counts, Tint.Good), Cell(counts.Violates, counts, Tint.Bad), Cell(counts.Neutral, counts, Tint.Faint)];
    }

    private Cell Cell(long count, ValueCounts counts, Tint tint) =>
        counts.Texts == 0 ? _glyphs.Dash : new Cell(Percent(count, counts) + " %", count == 0 ? Tint.Faint : tint);

    private static string Percent(long count, ValueCounts counts) => ((double)count / counts.Texts * 100).ToString("F0", CultureInfo.InvariantCulture);
}
