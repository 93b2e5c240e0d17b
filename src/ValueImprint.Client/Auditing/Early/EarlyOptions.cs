namespace ValueImprint.Client.Auditing.Early;

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
            throw new ClientException(ClientFault.InvalidOption, problem);
        }
    }
}
