using System.Text.Encodings.Web;
using System.Text.Json;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Protocol.V1;
using Stance = ValueImprint.Protocol.V1.Stance;

namespace ValueImprint.Client.Auditing.Recording;

/// <summary>
/// Writes results as JSON lines, UTF-8: <c>file</c>, <c>line</c>, <c>row</c>, <c>id</c>, <c>scope</c>, <c>value</c>, <c>score</c>, <c>scores</c>,
/// <c>stance</c>, <c>tokens</c>, <c>truncated</c>, or <c>rejected</c> and <c>message</c>; what does not apply is left out. A text whose
/// model abstained has the value <c>null</c>. For one thread at a time.
/// </summary>
public sealed class RowResultWriter : IAsyncDisposable
{
    internal const string ImprintMember = "imprint";

    /// <summary>What only the line with the imprint begins with.</summary>
    internal const string ImprintLineStart = "{\"" + ImprintMember + "\":";

    // Readable in every language; the file is data, never part of a web page.
    private static readonly JsonWriterOptions _format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Stream _stream;
    private readonly MemoryStream _line = new();
    private readonly Utf8JsonWriter _json;

    /// <summary>Writes to a stream, which is left open.</summary>
    public RowResultWriter(Stream stream)
    {
        _stream = stream;
        _json = new Utf8JsonWriter(_line, _format);
    }

    /// <summary>Writes one line, to be handed on by the stream at once or later.</summary>
    public ValueTask WriteAsync(RowResult result, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        Begin();
        WriteObject(result);
        return EndAsync(ct);
    }

    /// <summary>Writes the line with which a file of results ends: <c>imprint</c>, what was counted of them.</summary>
    public ValueTask WriteAsync(Imprint imprint, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(imprint);
        Begin();
        using var document = JsonDocument.Parse(ImprintWriter.ToBytes(imprint)); // Leaves its indentation behind.
        _json.WriteStartObject();
        _json.WritePropertyName(ImprintMember);
        document.RootElement.WriteTo(_json);
        _json.WriteEndObject();
        return EndAsync(ct);
    }

    private void Begin()
    {
        _line.SetLength(0);
        _json.Reset();
    }

    private async ValueTask EndAsync(CancellationToken ct)
    {
        _json.Flush();
        _line.WriteByte((byte)'\n');
        await _stream.WriteAsync(_line.GetBuffer().AsMemory(0, (int)_line.Length), ct).ConfigureAwait(false);
    }

    /// <summary>Flushes the stream and leaves it open.</summary>
    public async ValueTask DisposeAsync()
    {
        await _json.DisposeAsync().ConfigureAwait(false);
        await _stream.FlushAsync().ConfigureAwait(false);
    }

    private void WriteObject(RowResult result)
    {
        _json.WriteStartObject();
        WriteIfSet("file", result.File);
        if (result.Line is { } line)
        {
            _json.WriteNumber("line", line);
        }

        if (result.Row is { } row)
        {
            _json.WriteNumber("row", row);
        }

        WriteIfSet("id", result.Id);
        WriteIfSet("scope", result.Scope?.Name());
        if (result.Classification is { } classification)
        {
            WriteClassification(classification);
        }

        WriteIfSet("rejected", result.Rejected);
        WriteIfSet("message", result.Message);
        WriteIfSet("text", result.Text);
        _json.WriteEndObject();
    }

    private void WriteClassification(Classification classification)
    {
        _json.WriteString("value", classification.Abstained ? null : classification.Value);
        if (classification.Values.Count > 1)
        {
            _json.WriteStartArray("values");
            foreach (var value in classification.Values)
            {
                _json.WriteStringValue(value);
            }

            _json.WriteEndArray();
        }

        if (classification.Scores.Count > 0)
        {
            _json.WriteNumber("score", classification.Scores[0].Score);
        }

        _json.WriteStartObject("scores");
        foreach (var score in classification.Scores)
        {
            _json.WriteNumber(score.Value, score.Score);
        }

        _json.WriteEndObject();
        WriteIfSet("stance", classification.Stance switch
        {
            Stance.Upholds => "upholds",
            Stance.Violates => "violates",
            Stance.Neutral => "neutral",
            _ => null,
        });
        _json.WriteNumber("tokens", classification.Tokens);
        _json.WriteBoolean("truncated", classification.Truncation is not (Truncation.None or Truncation.Unspecified));
    }

    private void WriteIfSet(string name, string? value)
    {
        if (value is not null)
        {
            _json.WriteString(name, value);
        }
    }
}
