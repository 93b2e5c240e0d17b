namespace ValueImprint.Bench.Limit;

/// <summary>How the limit loop uses the cores.</summary>
/// <param name="Runs">Batches that run side by side.</param>
/// <param name="OperatorThreads">Threads within an operator of each.</param>
/// <param name="Spins">Whether idle operator threads spin.</param>
/// <param name="BatchTokens">Most tokens of a batch, padding included.</param>
internal readonly record struct LimitSettings(int Runs, int OperatorThreads, bool Spins, int BatchTokens)
{
    public override string ToString() => FormattableString.Invariant(
        $"{Runs} × {OperatorThreads} threads{(Spins ? ", spinning" : "")}, {BatchTokens} tokens a batch");
}
