using ValueImprint.Core.Estimation;

namespace ValueImprint.Client.Auditing.Checkpoints;

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
