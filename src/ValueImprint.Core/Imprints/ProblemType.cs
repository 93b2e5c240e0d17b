namespace ValueImprint.Core.Imprints;

/// <summary>How many values a model gives to a text.</summary>
public enum ProblemType
{
    /// <summary>One, or none when it abstains.</summary>
    SingleLabel,

    /// <summary>Any number, each on its own.</summary>
    MultiLabel,
}
