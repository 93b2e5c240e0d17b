using ValueImprint.Core.Estimation;

namespace ValueImprint.Auditing.Checkpoints;

/// <summary>Where and how often an audit keeps its state, to go on from after its process was killed.</summary>
public sealed record CheckpointOptions
{
    /// <summary>
    /// The file. Where it is there, the audit goes on from it, if data, model and options are the same. It is replaced as a whole, so that
    /// it can always be read, and stays when the audit has ended: the caller deletes it once the imprint is safe.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>Longest time whose work can be lost, above zero, but for the time that a row takes; default 10 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What else an audit writes, to go on in step with the counts; null: nothing.</summary>
    public IResumableResults? Results { get; init; }

    /// <summary>Told how many rows were dealt with before, when an audit goes on.</summary>
    public Action<long>? OnResume { get; init; }
}

/// <summary>Results that are written while an audit runs, and can be taken back to where a checkpoint was.</summary>
public interface IResumableResults
{
    /// <summary>Begins anew, or cuts what was written behind a mark.</summary>
    /// <param name="mark">Where to go on; null: at the beginning.</param>
    /// <param name="ct">Ends the reading of what was written.</param>
    /// <exception cref="AuditException">What is there is not what was written up to the mark.</exception>
    ValueTask ContinueAsync(ResultsMark? mark, CancellationToken ct);

    /// <summary>Makes everything so far durable, and says where that is.</summary>
    ValueTask<ResultsMark> MarkAsync(CancellationToken ct);
}

/// <summary>How far results were written.</summary>
/// <param name="Bytes">Length in bytes.</param>
/// <param name="Sha256">SHA-256 of these bytes, lower-case hex.</param>
public readonly record struct ResultsMark(long Bytes, string Sha256);
