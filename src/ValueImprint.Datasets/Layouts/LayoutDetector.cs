using System.Buffers;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Datasets.Layouts;

/// <summary>Chooses the layout of a file by the names of its first rows' fields, or says what is in the way.</summary>
internal static class LayoutDetector
{
    private const int MaxListedFields = 20;
    private const int MaxNameLength = 40;
    private static readonly SearchValues<char> NotInNames = SearchValues.Create(" \t\r\n?!");

    public static (LayoutDetection Detection, FieldBinding Binding) Detect(string file, FieldNames names, DatasetLayout? forced)
    {
        if (forced is not null)
        {
            var binding = FieldBinding.Bind(forced, names, out var missing);
            return missing.Count == 0
                ? (new LayoutDetection(forced, true, $"layout {forced.Name}, as asked for", names.Ordered), binding)
                : throw Unfit($"{file}: the layout '{forced.Name}' needs {List(missing)}, {Found(names)}.");
        }

        var nearest = (Layout: (DatasetLayout?)null, Share: 0.0, Missing: (IReadOnlyList<LayoutField>)[]);
        foreach (var layout in DatasetLayout.Known)
        {
            var binding = FieldBinding.Bind(layout, names, out var missing);
            if (missing.Count == 0)
            {
                return (new LayoutDetection(layout, false, Reason(layout, binding), names.Ordered), binding);
            }

            var required = layout.Fields.Count(field => field.IsRequired);
            var share = (double)(required - missing.Count) / required;
            if (share > nearest.Share)
            {
                nearest = (layout, share, missing);
            }
        }

        var hint = nearest.Layout is { } near ? $" The nearest layout, '{near.Name}', lacks {List(nearest.Missing)}." : "";
        throw Unfit(
            $"{file}: no known layout fits: {Found(names)}.{hint} Layouts: {DatasetLayout.ValidNames}. "
            + "Name the fields with --field, such as --field text=body or --field chosen=answer.good --field rejected=answer.bad.");
    }

    private static string Reason(DatasetLayout layout, FieldBinding binding)
    {
        var told = layout.Fields.Select((field, index) => (field, path: binding.Paths[index]))
            .Where(pair => pair.field.IsRequired)
            .Select(pair => pair.path);
        return $"layout {layout.Name}, told by {string.Join(", ", told)}";
    }

    private static string List(IReadOnlyList<LayoutField> missing) =>
        string.Join(" and ", missing.Select(field => string.Join(" or ", field.Names.Select(name => $"'{name}'"))));

    /// <summary>The top-level fields; a file without a header line must not show its first row's texts here.</summary>
    private static string Found(FieldNames names)
    {
        var top = names.Ordered.Where(name => !names.IsNested(name)).ToList();
        if (top.Count == 0)
        {
            return "its first rows have no fields";
        }

        if (top.Any(name => name.Length > MaxNameLength || name.AsSpan().ContainsAny(NotInNames)))
        {
            return $"its first row has {top.Count} columns whose names look like texts; is the header line missing?";
        }

        var listed = string.Join(", ", top.Take(MaxListedFields).Select(name => $"'{name}'"));
        return $"its fields are {listed}" + (top.Count > MaxListedFields ? $" and {top.Count - MaxListedFields} more" : "");
    }

    private static DatasetException Unfit(string message) => new(DatasetProblem.UnknownLayout, message);
}
