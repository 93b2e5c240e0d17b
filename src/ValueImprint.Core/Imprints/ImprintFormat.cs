using System.Text.Encodings.Web;
using System.Text.Json;

namespace ValueImprint.Core.Imprints;

/// <summary>The names and numbers of the imprint file.</summary>
public static class ImprintFormat
{
    /// <summary>The schema that this library reads and writes, in the member <c>imprint</c>.</summary>
    public const int SchemaVersion = 1;

    /// <summary>How imprint files are named.</summary>
    public const string FileExtension = ".imprint.json";

    /// <summary>Largest file that is read, in bytes; the largest taxonomy needs less.</summary>
    public const int MostBytes = 64 * 1024 * 1024;

    internal const string UnsupportedAdvice = "Audit again with this version, or judge it with the version that wrote it.";

    // Names of values keep their '&' readable. Whoever puts JSON into HTML has to escape it there.
    internal static JsonWriterOptions WriterOptions { get; } = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    internal static readonly string[] ProblemTypes = ["single-label", "multi-label"];

    internal static readonly string[] Stances = ["upholds", "violates", "neutral"];

    internal static readonly string[] Truncations = ["head", "tail", "head+tail"];
}
