namespace ValueImprint.Core.Imprints;

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
