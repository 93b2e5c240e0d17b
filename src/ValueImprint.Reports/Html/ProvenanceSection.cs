using System.Globalization;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Reports.Html;

/// <summary>What the numbers come from, so that somebody else can get the same.</summary>
internal sealed class ProvenanceSection(ReportFacts facts) : ReportSection("provenance", "Provenance")
{
    public override bool HasContent => true;

    public override void WriteContent(HtmlWriter html)
    {
        var (imprint, model) = (facts.Imprint, facts.Imprint.Model);
        html.Line($"<dl class=\"panel\">");
        Entry("Model", $"{model.Name} {model.Version}".TrimEnd() + $", {model.Variant}");
        Entry("Model content", model.ContentHash);
        Entry("Tokenizer content", model.TokenizerHash);
        Entry("Labels", model.ProblemType == ProblemType.SingleLabel ? "one value a text" : "any number of values a text");
        Entry("Longer texts", string.Create(CultureInfo.InvariantCulture, $"{TruncationOf(model)}, {model.MaxTokens} tokens"));
        Entry("Calibration", string.Create(CultureInfo.InvariantCulture, $"temperature {model.Temperature:0.####}, abstains below {model.AbstainBelow:0.####}"));
        Entry("Taxonomy", $"{imprint.Taxonomy}, content {imprint.Taxonomy.ContentHash}");
        Entry("Imprint content", ImprintWriter.ContentHash(imprint));
        Entry("Audited", imprint.Run.Created is { } created
            ? created.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) + (imprint.Run.Tool is { } tool ? $" by {tool}" : "")
            : "unknown");
        if (ReportText.UnitsOf(imprint) is { } covered)
        {
            Entry("Rows", covered);
        }

        html.Line($"</dl>");
        WriteFiles(html, imprint);

        void Entry(string term, string text) => html.Line($"<div><dt>{term}</dt><dd>{ReportText.Cut(text, ReportLimits.MessageCharacters)}</dd></div>");
    }

    private static void WriteFiles(HtmlWriter html, Imprint imprint)
    {
        html.Line($"<div class=\"panel wide\" tabindex=\"0\" role=\"region\" aria-labelledby=\"files\"><table class=\"files\"><caption id=\"files\"><b>Files</b></caption><thead><tr><th scope=\"col\">Name</th><th scope=\"col\">Rows</th><th scope=\"col\">Bytes</th><th scope=\"col\">SHA-256</th></tr></thead><tbody>");
        foreach (var file in imprint.Files.Take(ReportLimits.Files))
        {
            html.Line($"<tr><th scope=\"row\">{ReportText.Name(file.Name)}</th><td>{file.Rows}</td><td>{file.Bytes}</td><td class=\"hash\">{ReportText.Name(file.Sha256)}</td></tr>");
        }

        html.Line($"</tbody></table>{(imprint.Files.Count <= ReportLimits.Files ? null : new Note($"{ReportText.Count(imprint.Files.Count - ReportLimits.Files, "more file is", "more files are")} not shown; the imprint names all."))}</div>");
    }

    private static string TruncationOf(ImprintModel model) => model.Truncation switch
    {
        TruncationStrategy.Head => "the beginning is kept",
        TruncationStrategy.Tail => "the end is kept",
        _ => string.Create(CultureInfo.InvariantCulture, $"beginning ({model.HeadShare:0.##}) and end are kept"),
    };
}
