using ValueImprint.Core.Gate;
using ValueImprint.Core.Gate.Early;
using ValueImprint.Core.Imprints;
using ValueImprint.Datasets;

namespace ValueImprint.Auditing.Early;

/// <summary>
/// Checks datasets against a policy without classifying all of their rows, where that is not needed: reads the files, has rows classified
/// in a random order, and stops when every rule is settled (<see cref="EarlyJudge"/>). What can't be settled before the last row ends as
/// a full audit.
/// <para>
/// The files are read once to count their rows, and once for each draw of rows; reading is cheap beside classifying. Memory is that of a
/// draw, whatever the files' size, unless duplicates are looked for.
/// </para>
/// </summary>
/// <param name="classifier">Where the texts are classified; stays the caller's.</param>
/// <param name="time">The clock; null: the system's.</param>
public sealed class EarlyRunner(IClassifier classifier, TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Checks the files as one dataset.</summary>
    /// <param name="sources">At least one; each can be read any number of times, as standard input can't.</param>
    /// <param name="policy">None of its rules is refused by <see cref="EarlyLimits.Check"/>.</param>
    /// <param name="options">How the files are audited; without shard and checkpoint. The results of single texts come in the random order.</param>
    /// <param name="early">How the decision is come to; null: the defaults.</param>
    /// <param name="ct">Ends the check; nothing is left running.</param>
    /// <returns>With <see cref="GateResult.Early"/> where not all rows were needed.</returns>
    /// <exception cref="AuditException">
    /// A file can't be read or changes, no server could be used, too many rows are rejected, or there is nothing to judge.
    /// </exception>
    public async Task<GateResult> RunAsync(
        IReadOnlyList<DatasetSource> sources, Policy policy, AuditOptions options, EarlyOptions? early = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(options);
        early ??= new EarlyOptions();
        try
        {
            options.Validate();
            early.Validate();
            if (options.Shard is not null || options.Checkpoint is not null)
            {
                throw AuditException.OfOption("An early decision is about all rows and keeps no state; leave Shard and Checkpoint out.");
            }

            var model = await classifier.GetModelAsync(options.Stream.Model, ct).ConfigureAwait(false);
            return await new EarlyRun(classifier, model, sources, policy, options, early, _time).RunAsync(ct).ConfigureAwait(false);
        }
        catch (DatasetException fault)
        {
            throw AuditException.From(fault);
        }
    }
}

/// <summary>How an early decision is come to.</summary>
public sealed record EarlyOptions
{
    /// <summary>
    /// The most probable it may be, over the random order, that any rule is judged otherwise than by a full audit. Above 0, at most 0.5;
    /// default 0.01 (1 %).
    /// </summary>
    public double ErrorRate { get; init; } = 0.01;

    /// <summary>Rows that are drawn at first, 1 to 1,000,000; default 2,048. Each further time as many are drawn as before together.</summary>
    public int FirstRows { get; init; } = 2048;

    /// <summary>Most bytes of rows that are held at once, 1 MiB to 1 GiB; default 64 MiB. A single longer row goes alone.</summary>
    public int MostBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>
    /// How often rows are drawn at most, each time by reading the files once, 1 to 1,000; default 16. What is not settled then is
    /// audited to the end, in the files' order.
    /// </summary>
    public int MostDraws { get; init; } = 16;

    internal void Validate()
    {
        const int Mebi = 1024 * 1024;
        var problem =
            !(ErrorRate is > 0 and <= 0.5) ? FormattableString.Invariant($"ErrorRate is {ErrorRate}; expected a share above 0, up to 0.5.")
            : FirstRows is < 1 or > 1_000_000 ? $"FirstRows is {FirstRows}; expected 1 to 1000000."
            : MostBytes is < Mebi or > 1024 * Mebi ? $"MostBytes is {MostBytes}; expected {Mebi} to {1024 * Mebi}."
            : MostDraws is < 1 or > 1000 ? $"MostDraws is {MostDraws}; expected 1 to 1000."
            : null;
        if (problem is not null)
        {
            throw AuditException.OfOption(problem);
        }
    }
}
