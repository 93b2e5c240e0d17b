using ValueImprint.Core.Imprints;

namespace ValueImprint.Datasets.Layouts;

/// <summary>A layout of the user's own, made of <c>--field</c> arguments.</summary>
internal sealed class MappedLayout : DatasetLayout
{
    private const int First = 0;
    private readonly int? _second;
    private readonly int? _prompt;
    private readonly FieldMapping _mapping;

    public MappedLayout(FieldMapping mapping)
        : base("fields", "the fields named with --field", [.. FieldsOf(mapping)])
    {
        _mapping = mapping;
        var next = 1;
        _second = mapping.Rejected is null ? null : next++;
        _prompt = mapping.Prompt is null ? null : next++;
        LabelIndex = mapping.Label is null ? null : next;
        SingleScope = mapping switch
        {
            { Text: not null } => TextScope.Text,
            { Response: not null } => TextScope.Response,
            _ => null,
        };
        IdField = mapping.Id is { } id ? LayoutField.Path(id, isRequired: true) : base.IdField;
    }

    /// <summary>Name and fields: two mappings are not the same layout.</summary>
    public override string ToString() => $"{Name} {_mapping}";

    internal override LayoutField IdField { get; }

    internal override int? LabelIndex { get; }

    internal override TextScope? SingleScope { get; }

    internal override RowFault? Compose(in RowFields row, out ScopedText[] texts)
    {
        texts = [];
        var prompt = "";
        if (_prompt is { } promptIndex && row.ReadPrompt(promptIndex, null, out prompt) is { } promptFault)
        {
            return promptFault;
        }

        if (Read(row, First, prompt, out var first) is { } firstFault)
        {
            return firstFault;
        }

        if (_second is not { } secondIndex)
        {
            texts = Single(SingleScope ?? TextScope.Text, first);
            return null;
        }

        if (Read(row, secondIndex, prompt, out var second) is { } secondFault)
        {
            return secondFault;
        }

        texts = Pair(first, second);
        return null;
    }

    private static IEnumerable<LayoutField> FieldsOf(FieldMapping mapping)
    {
        if (mapping.Check() is { } error)
        {
            throw new DatasetException(DatasetProblem.InvalidOption, $"The field mapping is not a layout: {error}");
        }

        string?[] required = [mapping.Chosen ?? mapping.Response ?? mapping.Text, mapping.Rejected, mapping.Prompt];
        foreach (var path in required)
        {
            if (path is not null)
            {
                yield return LayoutField.Path(path, isRequired: true);
            }
        }

        if (mapping.Label is { } label)
        {
            yield return LayoutField.Path(label, isRequired: false);
        }
    }

    /// <summary>Without a prompt a field is a text or a whole dialogue and stays as it is.</summary>
    private RowFault? Read(in RowFields row, int index, string prompt, out string text) =>
        _prompt is null ? row.ReadDialogue(index, out text) : row.ReadReply(index, prompt, out text);
}
