using ValueImprint.Core.Gate;
using ValueImprint.Core.Gate.Early;
using ValueImprint.Core.Imprints;
using ValueImprint.Datasets;

namespace ValueImprint.Client.Auditing.Early;

/// <summary>
/// Checks datasets against a policy without classifying all of their rows, where that is not needed: reads the files, has rows classified
/// in a random order, and stops when every rule is settled (<see cref="EarlyJudge"/>). What can't be settled before the last row ends as
/// a full audit.
/// <para>
/// The files are read once to count their rows, and once for each draw of rows; reading is cheap beside classifying. Memory is that of a
/// draw, whatever the files' size, unless duplicates are looked for.
/// </para>
/// </summary>
/// <param name="client">Where the texts are classified; stays the caller's.</param>
/// <param name="time">The clock; null: the system's.</param>
public sealed class EarlyRunner(ClassifierClient client, TimeProvider? time = null)
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
                throw new ClientException(
                    ClientFault.InvalidOption, "An early decision is about all rows and keeps no state; leave Shard and Checkpoint out.");
            }

            var model = await client.GetModelAsync(options.Stream.Model, ct).ConfigureAwait(false);
            return await new EarlyRun(client, model, sources, policy, options, early, _time).RunAsync(ct).ConfigureAwait(false);
        }
        catch (ClientException fault)
        {
            throw AuditException.From(fault);
        }
        catch (DatasetException fault)
        {
            throw AuditException.From(fault);
        }
    }
}
