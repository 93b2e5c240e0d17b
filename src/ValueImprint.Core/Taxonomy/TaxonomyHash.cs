using System.Security.Cryptography;
using System.Text.Json;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Taxonomy;

/// <summary>Tells whether two taxonomies mean the same.</summary>
internal static class TaxonomyHash
{
    /// <summary>
    /// SHA-256 over a canonical JSON of id, version and, for each value in order, id, name, description, sub-values and framework;
    /// lower-case hex. The taxonomy's own description and its references change nothing about the values and stay out.
    /// </summary>
    public static string Of(string id, string version, IReadOnlyList<TaxonomyValue> values)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            writer.WriteStringValue(id);
            writer.WriteStringValue(version);
            foreach (var value in values)
            {
                writer.WriteStartArray();
                writer.WriteStringValue(value.Id);
                writer.WriteStringValue(value.Name);
                writer.WriteStringValue(value.Description);
                writer.WriteStringValue(value.Framework?.Id);
                foreach (var subValue in value.SubValues)
                {
                    writer.WriteStringValue(subValue);
                }

                writer.WriteEndArray();
            }

            writer.WriteEndArray();
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
    }
}
