namespace ValueImprint.Tool.CommandLine;

/// <summary>Reads an option's value from the command line or the environment.</summary>
/// <param name="text">As given.</param>
/// <param name="value">The value.</param>
/// <param name="problem">What was expected, as the end of a sentence that begins with what was found.</param>
internal delegate bool TextParser<T>(string text, out T value, out string problem);
