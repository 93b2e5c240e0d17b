using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Documents;

namespace ValueImprint.Core.Imprints;

/// <summary>Reads imprint files, strictly: an unknown schema, an unknown member or counts that do not add up are refused.</summary>
public static class ImprintReader
{
    private static readonly JsonDocumentOptions _options = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>Reads an imprint.</summary>
    /// <param name="stream">UTF-8 JSON of at most <see cref="ImprintFormat.MostBytes"/>; left open.</param>
    /// <param name="sourceName">The file's name, for messages.</param>
    /// <param name="imprint">The imprint.</param>
    /// <param name="diagnostics">Why it can't be read.</param>
    public static bool TryRead(
        Stream stream, string sourceName, [NotNullWhen(true)] out Imprint? imprint, out IReadOnlyList<Diagnostic> diagnostics)
    {
        var bag = new DiagnosticBag(sourceName);
        imprint = null;
        try
        {
            var bytes = ReadBounded(stream);
            if (!Utf8.IsValid(bytes.Span))
            {
                throw new InvalidImprintException(DiagnosticCatalogue.InvalidImprint, "Not UTF-8, so not an imprint. Audit again.");
            }

            using var document = JsonDocument.Parse(bytes, _options);
            imprint = new ImprintElement(document.RootElement).ReadImprint();
        }
        catch (JsonException fault)
        {
            var place = new SourcePosition(sourceName, (int)(fault.LineNumber + 1 ?? 0), (int)(fault.BytePositionInLine + 1 ?? 0));
            bag.Error(DiagnosticCatalogue.InvalidImprint, place, "Not the JSON of an imprint; it may have been cut off. Audit again.");
        }
        catch (InvalidImprintException fault)
        {
            bag.Error(fault.Code, new SourcePosition(sourceName), fault.Message);
        }

        return bag.Conclude(imprint, out imprint, out diagnostics);
    }

    private static ReadOnlyMemory<byte> ReadBounded(Stream stream)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[64 * 1024];
        int read;
        while ((read = stream.Read(chunk)) > 0)
        {
            if (buffer.Length + read > ImprintFormat.MostBytes)
            {
                throw new InvalidImprintException(
                    DiagnosticCatalogue.InvalidImprint,
                    FormattableString.Invariant($"Larger than {ImprintFormat.MostBytes} bytes, which no imprint is."));
            }

            buffer.Write(chunk, 0, read);
        }

        var bytes = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        return bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
    }
}
