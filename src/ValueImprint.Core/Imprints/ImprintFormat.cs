using System.Text.Encodings.Web;
using System.Text.Json;

namespace ValueImprint.Core.Imprints;

/// <summary>The names and numbers of the imprint file.</summary>
public static class ImprintFormat
{
    /// <summary>The schema that this library writes, in the member <c>imprint</c>.</summary>
    public const int SchemaVersion = 2;

    /// <summary>The oldest schema that is read: it names no units, and its files are taken to have been audited in one piece.</summary>
    public const int OldestSchemaVersion = 1;

    /// <summary>How imprint files are named.</summary>
    public const string FileExtension = ".imprint.json";

    /// <summary>Largest file that is read, in bytes; the largest taxonomy needs less.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    internal const string UnsupportedAdvice = "Audit again with this version, or judge it with the version that wrote it.";

    // Names of values keep their '&' readable. Whoever puts JSON into HTML has to escape it there.
    /// <summary>The form of every JSON file that ValueImprint writes for people and programs: indented, line feeds.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    internal static readonly string[] ProblemTypes = ["single-label", "multi-label"];

    internal static readonly string[] Stances = ["upholds", "violates", "neutral"];

    internal static readonly string[] Truncations = ["head", "tail", "head+tail"];
}

/// <summary>The JSON schema (draft 2020-12) of imprint files, for tools that read or write them without this library.</summary>
public static class ImprintSchema
{
    private const string ResourceName = "imprint.schema.json";

    /// <summary>Writes the schema's UTF-8 text; the stream is left open.</summary>
    public static void Write(Stream stream)
    {
        using var schema = typeof(ImprintSchema).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {ResourceName}.");
        schema.CopyTo(stream);
    }
}
