namespace ValueImprint.Client.Auditing.Checkpoints;

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
