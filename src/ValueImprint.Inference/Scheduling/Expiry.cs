using ValueImprint.Core.Imprints;
using System.Globalization;

namespace ValueImprint.Inference.Scheduling;

/// <summary>The outcome of a text that waited too long.</summary>
internal static class Expiry
{
    public static TextOutcome Outcome(TimeSpan mostWait) => new()
    {
        Fault = new TextFault(TextFaultKind.Expired, string.Create(
            CultureInfo.InvariantCulture,
            $"waited longer than {mostWait.TotalSeconds:0.###} s for the model; send fewer texts at once, or more servers.")),
    };
}
