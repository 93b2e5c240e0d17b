namespace ValueImprint.Reports.Html;

/// <summary>How much of everything a page shows, so that it stays small whatever it is made from.</summary>
public static class ReportLimits
{
    /// <summary>No page is larger, in bytes of UTF-8.</summary>
    public const int MostBytes = 1_000_000;

    /// <summary>Most values of a table; of more, the most frequent and the least frequent ones.</summary>
    public const int Values = 30;

    /// <summary>Most values on a side of the transitions; of more, the most frequent ones.</summary>
    public const int TransitionValues = 16;

    /// <summary>Most values that are corrected for the model's errors, whose cost grows with their square.</summary>
    public const int CorrectedValues = 50;

    /// <summary>Most rules; the ones that don't hold come first.</summary>
    public const int Rules = 50;

    /// <summary>Most imprints of a history: the newest ones.</summary>
    public const int History = 8;

    /// <summary>Most dataset files.</summary>
    public const int Files = 50;

    /// <summary>Most reasons for rejecting rows.</summary>
    public const int Reasons = 30;

    /// <summary>Most examples.</summary>
    public const int Examples = 56;

    /// <summary>Most characters of an example.</summary>
    public const int ExampleCharacters = 400;

    /// <summary>Most characters of a name.</summary>
    public const int NameCharacters = 64;

    /// <summary>Most characters of a message.</summary>
    public const int MessageCharacters = 300;
}
