using System.Globalization;
using System.Text;
using System.Text.Json;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Reports.Card;
using ValueImprint.Reports.Croissant;
using YamlDotNet.RepresentationModel;

namespace ValueImprint.Reports.Tests;

/// <summary>What goes beside a dataset: the card's block, the Croissant fragment, the schema.</summary>
public sealed class MetadataTests
{
    private const string Folder = "tests/ValueImprint.Reports.Tests/Snapshots/";

    [Fact]
    public void Card_WithVerdict_IsTheBlock()
    {
        var imprint = ReportImprints.Pairs();

        Snapshot.Match(Card(imprint, GateEvaluator.Judge(imprint, Policies.Coverage("minimum: 20%"))), Folder + "card.md");
    }

    [Fact]
    public void Card_NamesThatLookLikeYaml_StayStrings()
    {
        const string evil = "x\"\n---\ntags: [evil] # | <b>";
        var builder = new ImprintBuilder(SampleImprints.Model with { Name = evil }, SampleImprints.Seven);
        builder.AddRow(builder.AddFile(evil, 1, "x"), [SampleImprints.Text(TextScope.Text, SampleImprints.Duty)]);

        var card = Card(builder.Build(SampleImprints.Run), null);

        var yaml = new YamlStream();
        yaml.Load(new StringReader(card.Split("---\n")[1]));
        var block = Assert.IsType<YamlMappingNode>(Assert.IsType<YamlMappingNode>(yaml.Documents[0].RootNode)["value_imprint"]);
        Assert.Equal(evil + " 1.0", block["model"].ToString());
        Assert.Equal(3, card.Split("---\n").Length);
        Assert.DoesNotContain("<b>", card.Split("---\n")[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Card_ImprintOfNothing_HasNoTable() =>
        Assert.DoesNotContain("|---|", Card(Imprint.Empty(SampleImprints.Model, SampleImprints.Seven), null), StringComparison.Ordinal);

    [Fact]
    public void Croissant_Imprint_IsTheFragment() => Snapshot.Match(Croissant(ReportImprints.Pairs()), Folder + "croissant.json");

    [Fact]
    public void Croissant_FilesOfTheSameName_HaveDifferentIds()
    {
        var builder = new ImprintBuilder(SampleImprints.Model, SampleImprints.Seven);
        builder.AddRow(builder.AddFile("train.jsonl", 1, new string('a', 64)), [SampleImprints.Text(TextScope.Text, SampleImprints.Duty)]);
        builder.AddRow(builder.AddFile("train.jsonl", 2, new string('b', 64)), [SampleImprints.Text(TextScope.Text, SampleImprints.Duty)]);

        var files = JsonDocument.Parse(Croissant(builder.Build(SampleImprints.Run))).RootElement.GetProperty("distribution");

        Assert.Equal(["train.jsonl-" + new string('a', 64), "train.jsonl-" + new string('b', 64)], files.EnumerateArray().Select(static file => file.GetProperty("@id").GetString()));
    }

    [Fact]
    public void Croissant_ImprintOfNothing_IsJson() =>
        Assert.Equal(0, JsonDocument.Parse(Croissant(Imprint.Empty(SampleImprints.Model, SampleImprints.Seven))).RootElement.GetProperty("recordSet")[0].GetProperty("data").GetArrayLength());

    /// <summary>The files that the schema is tested with, in tests/ValueImprint.EndToEnd.Tests/polyglot/reports.</summary>
    [Fact]
    public void Imprint_OfEitherKind_IsTheFileThatTheSchemaIsTestedWith()
    {
        var multiLabel = new ImprintBuilder(SampleImprints.MultiLabelModel with { HasStance = true }, SampleImprints.Schwartz);
        var file = multiLabel.AddFile("pairs.jsonl", 1234, new string('c', 64));
        multiLabel.AddRow(file, [SampleImprints.Labels(TextScope.Chosen, 1, 3) with { Stance = Stance.Upholds }, SampleImprints.Labels(TextScope.Rejected, 3) with { Stance = Stance.Violates }]);

        Snapshot.Match(Encoding.UTF8.GetString(ImprintWriter.ToBytes(ReportImprints.Pairs())), Folder + "single-label.imprint.json");
        Snapshot.Match(Encoding.UTF8.GetString(ImprintWriter.ToBytes(multiLabel.Build(SampleImprints.Run, new Shard(2, 8)))), Folder + "multi-label.imprint.json");
    }

    [Fact]
    public void Schema_Resource_IsTheFile()
    {
        using var stream = new MemoryStream();
        ImprintSchema.Write(stream);

        var schema = Encoding.UTF8.GetString(stream.ToArray());
        Assert.Equal(Snapshot.Read("src/ValueImprint.Core/Imprints/imprint.schema.json"), schema.ReplaceLineEndings("\n"));
        var root = JsonDocument.Parse(schema).RootElement;
        Assert.Equal(ImprintFormat.SchemaVersion, root.GetProperty("properties").GetProperty("imprint").GetProperty("const").GetInt32());
        Assert.Equal(ScoreHistogram.Bins, root.GetProperty("$defs").GetProperty("scores").GetProperty("maxItems").GetInt32());
        Assert.Equal(RowCounts.MaxRejectedPlaces, root.GetProperty("properties").GetProperty("rows").GetProperty("properties").GetProperty("rejected_places").GetProperty("maxItems").GetInt32());
    }

    private static string Card(Imprint imprint, GateResult? result)
    {
        using var writer = new StringWriter(CultureInfo.CurrentCulture);
        DatasetCard.Write(imprint, result, writer);
        return writer.ToString();
    }

    private static string Croissant(Imprint imprint)
    {
        using var stream = new MemoryStream();
        CroissantFragment.Write(imprint, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
