namespace ValueImprint.Tool.CommandLine;

/// <summary>What help and the README say about an option beyond its name and description.</summary>
internal interface IDocumentedOption
{
    /// <summary>The environment variable that stands in for the option; <see langword="null"/> where there is none.</summary>
    string? Variable { get; }

    /// <summary>What holds when neither is given; <see langword="null"/> where nothing does.</summary>
    string? DefaultText { get; }
}
