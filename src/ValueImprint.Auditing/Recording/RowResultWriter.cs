using System.Text.Encodings.Web;
using System.Text.Json;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Core.Taxonomy;

namespace ValueImprint.Auditing.Recording;

/// <summary>What became of one text, or of a row that was rejected as a whole.</summary>
public sealed record RowResult
{
    /// <summary>The row's file, as it was given; null where there is none.</summary>
    public string? File { get; init; }

    /// <summary>The row's line in the file, from 1; null where there is no file.</summary>
    public long? Line { get; init; }

    /// <summary>The row's number in the file, from 1, which tells the rows of a line apart; null where there is no file.</summary>
    public long? Row { get; init; }

    /// <summary>The row's own identifier; null where it has none.</summary>
    public string? Id { get; init; }

    /// <summary>Which side of the row the text is; null for a rejected row.</summary>
    public TextScope? Scope { get; init; }

    /// <summary>The classification; null for a rejected row.</summary>
    public TextOutcome? Outcome { get; init; }

    /// <summary>What the indexes of <see cref="Outcome"/> refer to.</summary>
    public TaxonomyIdentity? Taxonomy { get; init; }

    /// <summary>Why the row was rejected, as a code such as <c>missing-field</c>; null where it was not.</summary>
    public string? Rejected { get; init; }

    /// <summary>Why, in a sentence without dataset text; null where it was not rejected.</summary>
    public string? Message { get; init; }

    /// <summary>The text itself, where that was asked for.</summary>
    public string? Text { get; init; }
}

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
        if (result.Outcome is { } outcome)
        {
            WriteOutcome(outcome, result.Taxonomy!.Values); // Comes with every outcome.
        }

        WriteIfSet("rejected", result.Rejected);
        WriteIfSet("message", result.Message);
        WriteIfSet("text", result.Text);
        _json.WriteEndObject();
    }

    private void WriteOutcome(TextOutcome outcome, IReadOnlyList<ValueName> values)
    {
        _json.WriteString("value", outcome.Abstained ? null : values[outcome.Top].Id);
        if (outcome.Values.Length > 1)
        {
            _json.WriteStartArray("values");
            foreach (var value in outcome.Values.Span)
            {
                _json.WriteStringValue(values[value].Id);
            }

            _json.WriteEndArray();
        }

        var scores = outcome.Scores.Span;
        _json.WriteNumber("score", scores[outcome.Top]);
        _json.WriteStartObject("scores");
        foreach (var value in outcome.ValuesByScore())
        {
            _json.WriteNumber(values[value].Id, scores[value]);
        }

        _json.WriteEndObject();
        WriteIfSet("stance", outcome.Stance switch
        {
            Stance.Upholds => "upholds",
            Stance.Violates => "violates",
            Stance.Neutral => "neutral",
            _ => null,
        });
        _json.WriteNumber("tokens", outcome.Tokens);
        _json.WriteBoolean("truncated", outcome.Truncation is not null);
    }

    private void WriteIfSet(string name, string? value)
    {
        if (value is not null)
        {
            _json.WriteString(name, value);
        }
    }
}
