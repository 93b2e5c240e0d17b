namespace ValueImprint.Auditing;

/// <summary>How a stream of texts is classified. What is said of messages holds where there are some.</summary>
public sealed record ClassifyStreamOptions
{
    /// <summary>The defaults.</summary>
    public static ClassifyStreamOptions Default { get; } = new();

    /// <summary>Name of the model; empty (default): the server's default one.</summary>
    public string Model { get; init; } = "";

    /// <summary>The content hash that the model must have; null (default): whichever it has at first. It may not change then.</summary>
    public string? ExpectedModelHash { get; init; }

    /// <summary>Abstain below this top score, in [0, 1]; null (default): the model's own threshold.</summary>
    public float? AbstainBelow { get; init; }

    /// <summary>Most texts read from the source and not yet handed out, 1 to 1,000,000; default 1,024.</summary>
    public int WindowTexts { get; init; } = 1024;

    /// <summary>
    /// Most bytes (UTF-8) of texts read and not yet handed out, 1 KiB to 1 GiB; default 16 MiB. A single longer text goes alone.
    /// </summary>
    public int WindowBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Most texts of a message, 1 to the server's limit, which is 1,024 unless it says otherwise; default 64.</summary>
    public int BatchTexts { get; init; } = 64;

    /// <summary>Bytes of texts after which a message is full, 1 KiB to 1 GiB; default 512 KiB.</summary>
    public int BatchBytes { get; init; } = 512 * 1024;

    /// <summary>
    /// The largest text to send at all, in bytes, 1 KiB to 1 GiB; default 3.75 MiB, just below what a server receives in one message.
    /// A longer one is answered with an error here: it would end the stream for the others.
    /// </summary>
    public int MaxTextBytes { get; init; } = 15 * 256 * 1024;

    /// <summary>Looks for options out of range.</summary>
    /// <exception cref="AuditException">There is one.</exception>
    public void Validate()
    {
        const int Kibi = 1024;
        const int Gibi = 1 << 30;
        Check(WindowTexts, 1, 1_000_000, nameof(WindowTexts));
        Check(WindowBytes, Kibi, Gibi, nameof(WindowBytes));
        Check(BatchTexts, 1, 65_536, nameof(BatchTexts));
        Check(BatchBytes, Kibi, Gibi, nameof(BatchBytes));
        Check(MaxTextBytes, Kibi, Gibi, nameof(MaxTextBytes));
        if (AbstainBelow is { } threshold && !(threshold is >= 0 and <= 1))
        {
            throw AuditException.OfOption(FormattableString.Invariant($"AbstainBelow is {threshold}; expected 0 to 1."));
        }
    }

    private static void Check(int value, int least, int most, string name)
    {
        if (value < least || value > most)
        {
            throw AuditException.OfOption($"{name} is {value}; expected {least} to {most}.");
        }
    }
}
