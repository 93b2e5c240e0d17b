using System.Globalization;
using System.Text;
using System.Text.Json;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Documents;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Core.Taxonomy;
using ValueImprint.Reports.Card;
using ValueImprint.Reports.Croissant;
using ValueImprint.Reports.Html;
using ValueImprint.Reports.Markdown;
using ValueImprint.Reports.Sarif;

namespace ValueImprint.Reports.Tests;

/// <summary>Whatever a name holds, no medium takes it for anything but text.</summary>
public sealed class EscapingTests
{
    private static readonly string[] _pieces =
    [
        "\e[31m", "\e]0;x\a", "\r", "\n", "\t", "::error::", "::", "##[command]", "##vso[x]", "###", "<script>", "</td>", "<img src=x>", "&lt;", "|", "`", "*", "[a](b)", "![",
        "\u202e", "\u2066", "\u200f", "\u2028", "\u0085", "\ud800", "\udc00", "🙂", "a", " ", "/", "\\", "\"", "'",
    ];

    [Fact]
    public void Writers_AnyName_IsTextAlone()
    {
        const int seed = 3;
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var name = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => _pieces[random.Next(_pieces.Length)]));

            CheckLine(HarmlessText.Line(name), name);
            CheckLine(Diagnostic.Error(DiagnosticCatalogue.InvalidDocument, new SourcePosition(name), name).ToString(), name);
            CheckReports(name);
        }
    }

    [Theory]
    [InlineData("http://[::1]:50051 and a::b", "http://[::1]:50051 and a::b")]
    [InlineData("::error::x", ": :error::x")]
    [InlineData("a ::error::x", "a : :error::x")]
    [InlineData("###[x]", "## #[x]")]
    [InlineData("######  24.50 %", "######  24.50 %")]
    public void Line_SignsOfCommands_AreBrokenWhereTheyWouldBeObeyed(string text, string expected) => Assert.Equal(expected, HarmlessText.Line(text));

    private static void CheckLine(string line, string name)
    {
        Assert.True(line.AsSpan().IndexOfAny(HarmlessText.Unwelcome) < 0 && !line.Contains('\n', StringComparison.Ordinal), name);
        Assert.False(line.TrimStart().StartsWith("::", StringComparison.Ordinal) || System.Text.RegularExpressions.Regex.IsMatch(line, "##[\\[A-Za-z]"), name);
    }

    private static void CheckReports(string name)
    {
        var model = SampleImprints.Model with { Name = name, Version = name, Variant = name, ContentHash = name };
        var taxonomy = new TaxonomyIdentity("value-imprint", name, name, [new ValueName("justice", name)]);
        var builder = new ImprintBuilder(model, taxonomy);
        builder.AddFile(name + "x", 1, name);
        builder.AddRow(0, [new TextVerdict(TextScope.Chosen, new[] { 0 }, new[] { 0.9f }, Stance.Upholds)]);
        builder.AddRejected(0, 1, "bad-json");
        var imprint = builder.Build(SampleImprints.Run);
        var result = GateEvaluator.Judge(imprint, Policies.Read("policy: 1\ncoverage:\n  - {value: justice, scope: chosen, maximum: 10%}\n"));
        using var markdown = new StringWriter(CultureInfo.InvariantCulture);
        using var html = new StringWriter(CultureInfo.InvariantCulture);
        using var sarif = new MemoryStream();
        using var croissant = new MemoryStream();

        MarkdownReport.Write(result, markdown);
        DatasetCard.Write(imprint, result, markdown);
        new HtmlReport { Imprint = imprint, Result = result }.Write(html);
        SarifReport.Write(result, "1", sarif);
        CroissantFragment.Write(imprint, croissant);

        Assert.True(markdown.ToString().AsSpan().IndexOfAny(HarmlessText.Unwelcome) < 0, name);
        Assert.DoesNotContain("<script>", WithoutEscapes(markdown.ToString()), StringComparison.Ordinal);
        Assert.DoesNotContain("<img", WithoutEscapes(markdown.ToString()), StringComparison.Ordinal);
        Assert.DoesNotContain(markdown.ToString().Split('\n'), static line => line.TrimStart().StartsWith("::", StringComparison.Ordinal));
        Assert.True(html.ToString().AsSpan().IndexOfAny(HarmlessText.Unwelcome) < 0, name);
        Assert.DoesNotContain("<script", html.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html.ToString(), StringComparison.Ordinal);
        var message = JsonDocument.Parse(sarif.ToArray()).RootElement.GetProperty("runs")[0].GetProperty("results")[0].GetProperty("message").GetProperty("text").GetString()!;
        Assert.True(message.AsSpan().IndexOfAny(HarmlessText.Unwelcome) < 0, name);
        Assert.NotNull(JsonDocument.Parse(croissant.ToArray()));
    }

    // What is left is markup; in code nothing is.
    private static string WithoutEscapes(string markdown)
    {
        var left = new StringBuilder();
        var isCode = false;
        for (var index = 0; index < markdown.Length; index++)
        {
            if (markdown[index] == '\\' && !isCode)
            {
                index++;
                continue;
            }

            isCode ^= markdown[index] == '`';
            left.Append(isCode ? "" : markdown[index]);
        }

        return left.ToString();
    }
}
