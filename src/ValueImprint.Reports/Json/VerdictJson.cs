using System.Text.Json;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Estimation;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Gate.Early;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Reports.Json;

/// <summary>What a gate found, as JSON for programs. Holds no dataset text.</summary>
public static class VerdictJson
{
    /// <summary>Version of the JSON's shape, in the member <c>gate</c>.</summary>
    public const int SchemaVersion = 1;

    /// <summary>Writes UTF-8; the stream is left open.</summary>
    public static void Write(GateResult result, Stream stream)
    {
        using (var json = new Utf8JsonWriter(stream, ImprintFormat.WriterOptions))
        {
            Write(result, json);
        }

        stream.WriteByte((byte)'\n');
    }

    private static void Write(GateResult result, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("gate", SchemaVersion);
        json.WriteString("verdict", result.Verdict.Name());
        WriteOptional(json, "part", result.Imprint.Part);
        json.WriteString("policy", result.Policy.Source);
        if (result.Early is { } early)
        {
            WriteEarly(early, json);
        }
        else
        {
            json.WriteString("imprint", ImprintWriter.ContentHash(result.Imprint));
        }

        json.WriteNumber("confidence", result.Policy.Interval.Level);
        json.WriteStartArray("rules");
        foreach (var outcome in result.Rules)
        {
            WriteRule(outcome, json);
        }

        json.WriteEndArray();
        json.WriteStartArray("diagnostics");
        foreach (var diagnostic in result.Diagnostics)
        {
            WriteDiagnostic(diagnostic, json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    // In place of an imprint: what was looked at is none of the dataset.
    private static void WriteEarly(EarlyDecision early, Utf8JsonWriter json)
    {
        json.WriteStartObject("early");
        json.WriteNumber("rows_needed", early.RowsNeeded);
        json.WriteNumber("rows_read", early.RowsRead);
        json.WriteNumber("error_rate", early.ErrorRate);
        json.WriteEndObject();
    }

    private static void WriteRule(RuleOutcome outcome, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id", outcome.Id);
        json.WriteString("kind", outcome.Kind);
        json.WriteString("verdict", outcome.Verdict.Name());
        json.WriteString("level", outcome.Level.Name());
        json.WriteString("scope", outcome.Scope);
        switch (outcome)
        {
            case CoverageOutcome coverage:
                WriteCoverage(coverage, json);
                break;
            case ContrastOutcome contrast:
                WriteContrast(contrast, json);
                break;
            case DriftOutcome drift:
                WriteDrift(drift, json);
                break;
        }

        json.WriteEndObject();
    }

    private static void WriteCoverage(CoverageOutcome outcome, Utf8JsonWriter json)
    {
        var rule = outcome.Rule;
        json.WriteString(rule.Target.IsGroup ? "group" : "value", rule.Target.IsGroup ? rule.Target.Name : outcome.Values[0].Id);
        json.WriteStartArray("values");
        foreach (var value in outcome.Values)
        {
            json.WriteStringValue(value.Id);
        }

        json.WriteEndArray();
        WriteOptional(json, "stance", rule.Stance?.Name());
        WriteOptional(json, "minimum", rule.Minimum?.ToString());
        WriteOptional(json, "maximum", rule.Maximum?.ToString());
        json.WriteString("judge", rule.Judge.Name());
        json.WriteString("estimate", RuleWords.Estimates[(int)rule.Estimate]);
        json.WriteNumber("count", outcome.Share.Count);
        json.WriteNumber("total", outcome.Share.Total);
        if (outcome.Share.Total > 0)
        {
            json.WriteNumber("share", outcome.Estimate);
            json.WriteNumber("lower", outcome.Interval.Lower);
            json.WriteNumber("upper", outcome.Interval.Upper);
        }

        if (outcome.SettledAfter is { } rows)
        {
            json.WriteNumber("settled_after", rows);
        }

        WriteOptional(json, "broken", NameOf(outcome.Broken));
    }

    private static void WriteContrast(ContrastOutcome outcome, Utf8JsonWriter json)
    {
        json.WriteString(outcome.Rule.Target.IsGroup ? "group" : "value", outcome.Contrast?.Value.Id ?? outcome.Rule.Target.Name);
        json.WriteBoolean("upheld", outcome.Rule.IsUpheld);
        WriteOptional(json, "minimum", outcome.Rule.Minimum?.ToString());
        WriteOptional(json, "maximum", outcome.Rule.Maximum?.ToString());
        json.WriteString("judge", outcome.Rule.Judge.Name());
        if (outcome.Contrast is { } contrast)
        {
            json.WriteNumber("pairs", contrast.Pairs);
            json.WriteNumber("both", contrast.Counts.Both);
            json.WriteNumber("chosen_only", contrast.Counts.ChosenOnly);
            json.WriteNumber("rejected_only", contrast.Counts.RejectedOnly);
            WriteEstimate(json, "difference", contrast.Difference);
            json.WriteNumber("p_value", contrast.PValue);
        }

        WriteOptional(json, "broken", NameOf(outcome.Broken));
    }

    private static void WriteDrift(DriftOutcome outcome, Utf8JsonWriter json)
    {
        if (outcome.Rule.Target is { } target)
        {
            json.WriteString(target.IsGroup ? "group" : "value", outcome.Change?.Value.Id ?? target.Name);
        }

        WriteOptional(json, "max_drop", outcome.Rule.MaxDrop?.ToString());
        WriteOptional(json, "max_rise", outcome.Rule.MaxRise?.ToString());
        WriteOptional(json, "max_divergence", outcome.Rule.MaxDivergence?.ToString());
        json.WriteString("judge", outcome.Rule.Judge.Name());
        if (outcome.Change is { } drift)
        {
            json.WriteNumber("baseline_count", drift.Baseline.Count);
            json.WriteNumber("baseline_total", drift.Baseline.Total);
            json.WriteNumber("count", drift.Current.Count);
            json.WriteNumber("total", drift.Current.Total);
            WriteEstimate(json, "change", drift.Change);
        }
        else if (outcome.Divergence is { } divergence)
        {
            WriteEstimate(json, "divergence", divergence);
        }
    }

    private static void WriteEstimate(Utf8JsonWriter json, string name, Estimate estimate)
    {
        json.WriteNumber(name, estimate.Value);
        json.WriteNumber("lower", estimate.Interval.Lower);
        json.WriteNumber("upper", estimate.Interval.Upper);
    }

    private static string? NameOf(BrokenBound broken) => broken switch
    {
        BrokenBound.Minimum => "minimum",
        BrokenBound.Maximum => "maximum",
        _ => null,
    };

    private static void WriteDiagnostic(Diagnostic diagnostic, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("code", diagnostic.Code.Id);
        json.WriteString("severity", diagnostic.Severity == DiagnosticSeverity.Error ? "error" : "warning");
        json.WriteString("message", diagnostic.Message);
        WriteOptional(json, "file", diagnostic.Position.File);
        if (diagnostic.Position.Line > 0)
        {
            json.WriteNumber("line", diagnostic.Position.Line);
            json.WriteNumber("column", diagnostic.Position.Column);
        }

        json.WriteString("help", diagnostic.HelpLink);
        json.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }
}
