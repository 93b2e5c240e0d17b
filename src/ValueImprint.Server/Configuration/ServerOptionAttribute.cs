namespace ValueImprint.Server.Configuration;

/// <summary>What help, validation and errors say about an option: one source for all three.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ServerOptionAttribute(string description) : Attribute
{
    /// <summary>One line for a person.</summary>
    public string Description { get; } = description;

    /// <summary>Smallest value; durations in seconds.</summary>
    public double Minimum { get; set; } = double.NegativeInfinity;

    /// <summary>Largest value; durations in seconds.</summary>
    public double Maximum { get; set; } = double.PositiveInfinity;

    /// <summary>What a help text shows as default, where the property's own default says too little.</summary>
    public string? DefaultText { get; set; }

    /// <summary>Name on the command line where it is not the property's own.</summary>
    public string? Switch { get; set; }
}
