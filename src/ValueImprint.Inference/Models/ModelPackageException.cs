namespace ValueImprint.Inference.Models;

/// <summary>A model package that doesn't add up. The message names the file, the field where there is one, and what was expected.</summary>
public sealed class ModelPackageException : Exception
{
    /// <summary>Reports a fault of a package.</summary>
    /// <param name="file">The file's path, or the package's folder.</param>
    /// <param name="field">Path of the field in the file, such as <c>truncation.max_tokens</c>; <see langword="null"/> for the file as a whole.</param>
    /// <param name="problem">What was found, what was expected, what to do.</param>
    /// <param name="innerException">What the parser or the runtime said.</param>
    public ModelPackageException(string file, string? field, string problem, Exception? innerException = null)
        : base(field is null ? $"{file}: {problem}" : $"{file}: {field}: {problem}", innerException)
    {
        File = file;
        Field = field;
    }

    /// <summary>The file's path, or the package's folder.</summary>
    public string File { get; }

    /// <summary>Path of the field in the file; <see langword="null"/> for the file as a whole.</summary>
    public string? Field { get; }
}
