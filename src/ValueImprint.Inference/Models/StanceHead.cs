using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Documents;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Inference.Models;

/// <summary>A model's second head: how the answer treats the value at stake.</summary>
/// <param name="Output">The graph's output.</param>
/// <param name="Labels">What each of its logits stands for.</param>
/// <param name="Temperature">Divides the logits.</param>
internal sealed record StanceHead(string Output, IReadOnlyList<Stance> Labels, double Temperature)
{
    public const double LeastTemperature = 0.01;
    public const double MostTemperature = 100;
    public const string DefaultOutput = "stance_logits";

    /// <summary>The head of a graph that has the output, in a package that says nothing about it.</summary>
    public static StanceHead Default { get; } = new(DefaultOutput, [Stance.Upholds, Stance.Violates, Stance.Neutral], 1);

    public static StanceHead Read(JsonField field)
    {
        field.Only("output", "labels", "temperature");
        return new StanceHead(
            field.Text("output", DefaultOutput),
            field.TryGet("labels", out var labels) ? ReadLabels(labels) : Default.Labels,
            field.Number("temperature", LeastTemperature, MostTemperature, 1));
    }

    private static Stance[] ReadLabels(JsonField labels)
    {
        var stances = labels.Items().Select(ReadLabel).ToArray();
        return stances.Length == Default.Labels.Count && stances.Distinct().Count() == stances.Length
            ? stances
            : throw labels.Fault("expected upholds, violates and neutral, each once, in the order of the logits.");
    }

    private static Stance ReadLabel(JsonField label) => label.Text() switch
    {
        "upholds" => Stance.Upholds,
        "violates" => Stance.Violates,
        "neutral" => Stance.Neutral,
        var other => throw label.Fault(
            $"found '{other}', expected upholds, violates or neutral.{NearestWord.Hint(other, ["upholds", "violates", "neutral"])}"),
    };
}
