using ValueImprint.Core.Imprints;

namespace ValueImprint.Reports.Html;

/// <summary>What is known of the model's own errors, in a sentence.</summary>
internal static class ModelErrors
{
    public static string InWords(Imprint imprint)
    {
        if (imprint.Model.Confusion is not { } confusion)
        {
            return "The model's own errors come on top; its package does not state them.";
        }

        var (right, all) = (0L, 0L);
        for (var value = 0; value < confusion.Values; value++)
        {
            right += confusion[value, value];
            all += confusion.Actual(value);
        }

        return all == 0
            ? "The model's own errors come on top; its package does not state them."
            : FormattableString.Invariant($"The model's own errors come on top: it is right on {ReportText.Percent((double)right / all)} of {all:N0} validation texts.");
    }
}
