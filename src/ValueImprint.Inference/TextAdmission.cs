using System.Globalization;
using System.Text;
using ValueImprint.Core.Imprints;
using ValueImprint.Inference.Execution;
using ValueImprint.Inference.Scheduling;

namespace ValueImprint.Inference;

/// <summary>The engine's door: checks a text, finds it a place, and queues it.</summary>
internal sealed class TextAdmission(
    BatchScheduler scheduler, BulkEncoder encoder, SingleTextPath? lone, EngineMetrics metrics, PendingTexts texts, int maxBytes,
    TimeProvider time)
{
    private static readonly TextOutcome Empty = new()
    {
        Fault = new TextFault(TextFaultKind.Empty, "the text is empty or only white space; expected something to classify."),
    };

    public bool TryAdmit(
        LaneQueue lane, string text, TextOptions options, CancellationToken cancellationToken, out ValueTask<TextOutcome> outcome,
        bool isRefusalFinal = true, bool mayRunHere = false)
    {
        Check(text, options);
        if (cancellationToken.IsCancellationRequested)
        {
            outcome = ValueTask.FromCanceled<TextOutcome>(cancellationToken);
            return true;
        }

        if (FaultOf(text) is { } fault)
        {
            scheduler.ThrowIfStopping();
            metrics.Accepted();
            metrics.Ended(fault);
            outcome = ValueTask.FromResult(fault);
            return true;
        }

        if (!scheduler.TryTakePlace(lane))
        {
            if (isRefusalFinal)
            {
                metrics.Refused();
            }

            outcome = default;
            return false;
        }

        outcome = Enqueue(lane, text, options, mayRunHere, cancellationToken);
        return true;
    }

    public async ValueTask<ValueTask<TextOutcome>> AdmitAsync(
        LaneQueue lane, string text, TextOptions options, CancellationToken cancellationToken)
    {
        await scheduler.TakePlaceAsync(lane, cancellationToken).ConfigureAwait(false);
        return Enqueue(lane, text, options, mayRunHere: false, cancellationToken);
    }

    private ValueTask<TextOutcome> Enqueue(
        LaneQueue lane, string text, TextOptions options, bool mayRunHere, CancellationToken cancellationToken)
    {
        metrics.Accepted();
        var pending = texts.Begin(text, options, lane, time.GetTimestamp());
        var outcome = pending.Outcome;
        pending.CancelWith(cancellationToken);

        // Somebody waits for it: tokenized here, on the caller's thread, it is ready at the next batch boundary.
        if (lane.Priority == LanePriority.Interactive)
        {
            encoder.Encode(pending);
            if (pending.IsDone)
            {
                scheduler.Retire(pending);
                return outcome;
            }

            if (mayRunHere && lone is not null && lone.TryRun(pending))
            {
                return outcome;
            }
        }

        scheduler.Enqueue(pending);
        return outcome;
    }

    private TextOutcome? FaultOf(string text)
    {
        // A UTF-16 unit is 1 to 3 bytes of UTF-8.
        if (text.Length > maxBytes || (text.Length > maxBytes / 3 && Encoding.UTF8.GetByteCount(text) > maxBytes))
        {
            return new TextOutcome
            {
                Fault = new TextFault(TextFaultKind.TooLong, string.Create(
                    CultureInfo.InvariantCulture,
                    $"the text has {Encoding.UTF8.GetByteCount(text)} bytes; at most {maxBytes} are taken ({nameof(EngineOptions.MaxTextBytes)}). Shorten or split it.")),
            };
        }

        return string.IsNullOrWhiteSpace(text) ? Empty : null;
    }

    private static void Check(string text, TextOptions options)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (options.AbstainBelow is { } threshold && threshold is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), string.Create(CultureInfo.InvariantCulture, $"AbstainBelow is {threshold}; expected 0 to 1."));
        }
    }
}
