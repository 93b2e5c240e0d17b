using System.Text.Json;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Documents;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Reports.Sarif;

/// <summary>
/// What a gate found, as SARIF 2.1.0 (OASIS standard, 2020): one result for each rule that does not hold, at its line of the policy,
/// with a fingerprint that stays the same while the rule does. Rules that hold give none, since viewers show every result as an alert.
/// </summary>
public static class SarifReport
{
    private const string Schema = "https://json.schemastore.org/sarif-2.1.0.json";

    /// <summary>Writes UTF-8; the stream is left open.</summary>
    /// <param name="result">What the gate found.</param>
    /// <param name="toolVersion">Version of the program that judged.</param>
    /// <param name="stream">Takes the report.</param>
    public static void Write(GateResult result, string toolVersion, Stream stream)
    {
        using (var json = new Utf8JsonWriter(stream, ImprintFormat.WriterOptions))
        {
            Write(result, toolVersion, json);
        }

        stream.WriteByte((byte)'\n');
    }

    private static void Write(GateResult result, string toolVersion, Utf8JsonWriter json)
    {
        DiagnosticCode[] codes =
        [
            .. result.Diagnostics.Select(static diagnostic => diagnostic.Code).Distinct()
                .OrderBy(static code => code.Id, StringComparer.Ordinal),
        ];
        json.WriteStartObject();
        json.WriteString("$schema", Schema);
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "ValueImprint");
        json.WriteString("version", toolVersion);
        json.WriteStartArray("rules");
        foreach (var code in codes)
        {
            WriteCode(code, json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartArray("results");
        foreach (var diagnostic in result.Diagnostics)
        {
            WriteResult(diagnostic, Array.IndexOf(codes, diagnostic.Code), RuleOf(result, diagnostic), json);
        }

        json.WriteEndArray();
        if (result.Imprint.Part is { } part)
        {
            json.WriteStartObject("properties");
            json.WriteString("part", part);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCode(DiagnosticCode code, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id", code.Id);
        WriteMessage(json, "shortDescription", code.Title);
        WriteMessage(json, "fullDescription", code.Explanation);
        if (Uri.TryCreate(code.HelpLink, UriKind.Absolute, out var help))
        {
            json.WriteString("helpUri", help.AbsoluteUri);
        }

        json.WriteEndObject();
    }

    private static void WriteResult(Diagnostic diagnostic, int ruleIndex, RuleOutcome? outcome, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", diagnostic.Code.Id);
        json.WriteNumber("ruleIndex", ruleIndex);
        json.WriteString("level", diagnostic.Severity == DiagnosticSeverity.Error ? "error" : "warning");
        WriteMessage(json, "message", HarmlessText.OneLine(diagnostic.Message));
        WriteLocation(diagnostic.Position, json);
        if (outcome is not null)
        {
            json.WriteStartObject("partialFingerprints");
            json.WriteString("valueImprintRule/v1", outcome.Id);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteLocation(SourcePosition position, Utf8JsonWriter json)
    {
        if (position.File is null)
        {
            return;
        }

        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", UriOf(position.File));
        json.WriteEndObject();
        if (position.Line > 0)
        {
            json.WriteStartObject("region");
            json.WriteNumber("startLine", position.Line);
            json.WriteNumber("startColumn", Math.Max(1, position.Column));
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    // A path relative to the repository stays relative, so that a code host finds the line.
    private static string UriOf(string path) => Path.IsPathFullyQualified(path)
        ? new Uri(path).AbsoluteUri
        : string.Join('/', path.Split('/', '\\').Select(Uri.EscapeDataString));

    private static RuleOutcome? RuleOf(GateResult result, Diagnostic diagnostic) =>
        result.Rules.FirstOrDefault(outcome => ReferenceEquals(outcome.Diagnostic, diagnostic));

    private static void WriteMessage(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }
}
