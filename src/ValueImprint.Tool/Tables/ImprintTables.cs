using System.Globalization;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Tables;

/// <summary>An imprint for a person: a table for each scope, the greatest share of the first one on top, then what it was made from.</summary>
internal sealed class ImprintTables
{
    private const int NarrowestBar = 8;
    private const int WidestBar = 28;

    private readonly Imprint _imprint;
    private readonly TerminalTraits _traits;
    private readonly Glyphs _glyphs;
    private readonly Ink _ink;
    private readonly int[] _order;
    private readonly double _greatest;
    private readonly StanceColumns _stances;

    private ImprintTables(Imprint imprint, TerminalTraits traits)
    {
        (_imprint, _traits, _glyphs, _ink) = (imprint, traits, Glyphs.For(traits), new Ink(traits.HasColor));
        _stances = StanceColumns.For(imprint.Model.HasStance, traits, _glyphs);
        var first = imprint.Scopes.FirstOrDefault();
        _order = [.. Enumerable.Range(0, imprint.Taxonomy.Values.Count).OrderByDescending(value => first?.Values[value].Texts ?? 0)];
        _greatest = imprint.Scopes.SelectMany(static scope => scope.Values.Select(value => (double)value.Texts / scope.Texts)).Append(0).Max();
    }

    /// <summary>Writes all tables.</summary>
    public static void Write(Imprint imprint, TextWriter output, TerminalTraits traits) => new ImprintTables(imprint, traits).Write(output);

    private void Write(TextWriter output)
    {
        foreach (var scope in _imprint.Scopes)
        {
            output.WriteLine($"  {_ink.Paint(scope.Scope.Name(), Tint.Strong)} {_ink.Paint(Totals(scope), Tint.Faint)}");
            Table(scope).Write(output, _traits);
            output.WriteLine();
        }

        foreach (var line in ImprintProvenance.Lines(_imprint, _glyphs))
        {
            output.WriteLine($"  {_ink.Paint(line, Tint.Faint)}");
        }
    }

    private string Totals(ScopeCounts scope) => string.Join($" {_glyphs.Separator} ", new[]
    {
        Counted.Of(scope.Texts, "text", "texts"),
        scope.Abstained > 0 ? $"{ShareCells.Count(scope.Abstained)} without a value" : null,
        scope.Truncated > 0 ? $"{ShareCells.Count(scope.Truncated)} truncated" : null,
    }.OfType<string>());

    private TextTable Table(ScopeCounts scope)
    {
        Column[] columns =
        [
            new("Value", Wraps: true),
            new("Share"),
            new("", IsRight: true),
            new("Texts", IsRight: true),
            new("95 % interval", IsRight: true),
            .. _stances.Columns,
        ];
        var table = new TextTable(columns);
        var bar = BarWidth(scope, columns);
        foreach (var value in _order)
        {
            table.Add([.. Row(scope, value, bar)]);
        }

        return table;
    }

    private IEnumerable<Cell> Row(ScopeCounts scope, int value, int bar)
    {
        var counts = scope.Values[value];
        var share = new Share(counts.Texts, scope.Texts);
        yield return _imprint.Taxonomy.Values[value].Name;
        yield return new Cell(_glyphs.Bar(_greatest > 0 ? share.Value / _greatest : 0, bar), Tint.Bar);
        yield return new Cell(ShareText.Percent(share.Value), Tint.Strong);
        yield return ShareCells.Count(counts.Texts);
        yield return ShareCells.Interval(WilsonInterval.Of(share, ConfidenceLevel.Default), _glyphs);
        foreach (var cell in _stances.Cells(counts))
        {
            yield return cell;
        }
    }

    // The bar takes what the other columns leave.
    private int BarWidth(ScopeCounts scope, Column[] columns)
    {
        var names = _imprint.Taxonomy.Values.Max(static value => value.Name.Length);
        var numbers = "100.00 %".Length + Math.Max("Texts".Length, ShareCells.Count(scope.Texts).Length) + "95.00-100.00 %".Length;
        var stances = columns.Skip(5).Sum(static column => column.Header.Length);
        return Math.Clamp(_traits.Width - TextTable.Margin(columns.Length) - names - numbers - stances, NarrowestBar, WidestBar);
    }
}

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
