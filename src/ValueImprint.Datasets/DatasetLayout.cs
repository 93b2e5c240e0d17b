using System.Diagnostics.CodeAnalysis;
using ValueImprint.Core.Imprints;
using ValueImprint.Datasets.Layouts;

namespace ValueImprint.Datasets;

/// <summary>How a record's fields become texts with scopes.</summary>
public sealed class DatasetLayout
{
    internal DatasetLayout(string name, string description, TextScope? singleScope, Composer compose, params LayoutPart[][] variants)
    {
        (Name, Description, SingleScope, Compose, Variants) = (name, description, singleScope, compose, variants);
    }

    /// <summary>Makes texts of a row's fields: a group of texts for each comparison or single text that the row holds.</summary>
    /// <returns>Why the row can't be used, or null where <paramref name="groups"/> has some.</returns>
    internal delegate RowFault? Composer(Reading reading, RowFields row, Pairing pairs, List<ScopedText[]> groups);

    /// <summary>The name that <c>--layout</c> takes.</summary>
    public string Name { get; }

    /// <summary>One line for help: the fields, and what becomes of them.</summary>
    public string Description { get; }

    /// <summary>The built-in layouts, in the order in which detection tries them.</summary>
    public static IReadOnlyList<DatasetLayout> Known => KnownLayouts.All;

    /// <summary>The built-in layouts' names with commas between, for help and errors.</summary>
    public static string ValidNames { get; } = string.Join(", ", Known.Select(layout => layout.Name));

    /// <summary>Finds a built-in layout by its name.</summary>
    public static bool TryParse(string? name, [NotNullWhen(true)] out DatasetLayout? layout)
    {
        layout = Known.FirstOrDefault(known => string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase));
        return layout is not null;
    }

    /// <summary>A layout of the user's own, or the one that is found with some parts under names of the user's own.</summary>
    /// <param name="mapping">Which field, nested ones with dots, plays which part.</param>
    /// <exception cref="DatasetException">The mapping is not a layout, as <see cref="FieldMapping.TryParse"/> would have said.</exception>
    public static DatasetLayout FromFields(FieldMapping mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        if (mapping.Check() is { } error)
        {
            throw new DatasetException(DatasetProblem.InvalidOption, $"The field mapping is not a layout: {error}");
        }

        return KnownLayouts.OfFields(mapping);
    }

    /// <summary>The name; of a layout of the user's own the fields too: two mappings are not the same layout.</summary>
    public override string ToString() => Mapping is null ? Name : $"{Name} {Mapping}";

    /// <summary>The scope of a record's only text, or null where a record has two.</summary>
    internal TextScope? SingleScope { get; }

    internal Composer Compose { get; }

    /// <summary>The sets of fields that make it, any of which will do.</summary>
    internal IReadOnlyList<IReadOnlyList<LayoutPart>> Variants { get; }

    /// <summary>Neighbouring rows with the same prompt make one comparison.</summary>
    internal bool IsGrouped { get; init; }

    /// <summary>The user's own names of parts.</summary>
    internal FieldMapping? Mapping { get; init; }

    /// <summary>The layout is to be found, and only some of its parts are named.</summary>
    internal bool IsPartial { get; init; }
}

/// <summary>Which layout a file is read by, and why.</summary>
/// <param name="Layout">The layout.</param>
/// <param name="IsForced">Whether it was asked for, rather than found.</param>
/// <param name="Reason">One sentence to show: the layout and the fields that told it, or that it was asked for.</param>
/// <param name="Fields">The top-level fields of the first rows, or of the schema, in the order of appearance.</param>
public sealed record LayoutDetection(DatasetLayout Layout, bool IsForced, string Reason, IReadOnlyList<string> Fields);
