using System.Diagnostics.CodeAnalysis;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Datasets.Layouts;

namespace ValueImprint.Datasets;

/// <summary>How a record's fields become texts with scopes.</summary>
public abstract class DatasetLayout
{
    private protected DatasetLayout(string name, string description, params LayoutField[] fields)
    {
        Name = name;
        Description = description;
        Fields = fields;
    }

    /// <summary>The name that <c>--layout</c> takes.</summary>
    public string Name { get; }

    /// <summary>One line for help: the fields, and what becomes of them.</summary>
    public string Description { get; }

    /// <summary>The built-in layouts, in the order in which detection tries them.</summary>
    public static IReadOnlyList<DatasetLayout> Known { get; } =
    [
        WebGptLayout.OfColumns,
        WebGptLayout.OfRecords,
        new PreferenceLayout(),
        new HhRlhfLayout(),
        new AlpacaLayout(),
        new PromptResponseLayout(),
        new MessagesLayout(),
        new PaperLayout(),
        new TextLayout(),
    ];

    /// <summary>The built-in layouts' names with commas between, for help and errors.</summary>
    public static string ValidNames { get; } = string.Join(", ", Known.Select(layout => layout.Name));

    /// <summary>Finds a built-in layout by its name.</summary>
    public static bool TryParse(string? name, [NotNullWhen(true)] out DatasetLayout? layout)
    {
        layout = Known.FirstOrDefault(known => string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase));
        return layout is not null;
    }

    /// <summary>A layout of the user's own.</summary>
    /// <param name="mapping">Which field, nested ones with dots, plays which part.</param>
    /// <exception cref="DatasetException">The mapping is not a layout, as <see cref="FieldMapping.TryParse"/> would have said.</exception>
    public static DatasetLayout FromFields(FieldMapping mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        return new MappedLayout(mapping);
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>The fields it reads; <see cref="Compose"/> finds their values at the same indexes.</summary>
    internal IReadOnlyList<LayoutField> Fields { get; }

    /// <summary>The identifier's names; a layout of the user's own may name another.</summary>
    internal virtual LayoutField IdField { get; } = LayoutField.Optional("id", "_id", "uid", "uuid", "prompt_id");

    /// <summary>The index in <see cref="Fields"/> of a label that the dataset carries, or null.</summary>
    internal virtual int? LabelIndex => null;

    /// <summary>The scope of a record's only text, or null where a record has two.</summary>
    internal abstract TextScope? SingleScope { get; }

    /// <summary>Makes a record's texts of its fields.</summary>
    /// <returns>Why the record can't be used, or null where <paramref name="texts"/> is set.</returns>
    internal abstract RowFault? Compose(in RowFields row, out ScopedText[] texts);

    private protected static ScopedText[] Pair(string chosen, string rejected) =>
        [new ScopedText(TextScope.Chosen, chosen), new ScopedText(TextScope.Rejected, rejected)];

    private protected static ScopedText[] Single(TextScope scope, string text) => [new ScopedText(scope, text)];
}
