using System.Text.Json.Nodes;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Inference.Models;
using ValueImprint.Inference.Tests.Support;
using ValueImprint.Inference.Tokenization;

namespace ValueImprint.Inference.Tests.Models;

public sealed class ModelPackageTests : IDisposable
{
    private readonly PackageFolder _folder = new();

    [Fact]
    public void Load_HubFolderWithoutManifest_TakesTheUsualSettings()
    {
        var description = _folder.Load().Description;

        Assert.Equal("value-imprint", description.Taxonomy.Id);
        Assert.False(description.IsTaxonomyAdHoc);
        Assert.Equal((64, TruncationStrategy.Head, ProblemType.SingleLabel), (description.MaxTokens, description.Truncation, description.ProblemType));
        Assert.Equal("fp32", description.Variant);
        Assert.Empty(description.Remarks);
    }

    [Fact]
    public void Load_Manifest_TakesItsSettings()
    {
        _folder.WriteManifest(new
        {
            schema = 1,
            name = "tiny",
            version = "2.1",
            taxonomy = new { id = "value-imprint", version = "1" },
            license = "MIT",
            card = "README.md",
            truncation = new { strategy = "head+tail", max_tokens = 32, head_share = 0.25 },
            calibration = new { temperature = 1.5, abstain_below = 0.2, decision_threshold = 0.4 },
            metrics = new { split = "test", texts = 9, accuracy = 0.5, per_value = new { justice = new { f1 = 0.25, support = 3 } }, baseline = new { name = "coin", accuracy = 0.1 } },
        });

        var description = _folder.Load().Description;

        Assert.Equal(("tiny", "2.1", "MIT"), (description.Name, description.Version, description.License));
        Assert.Equal((32, TruncationStrategy.HeadTail, 0.25), (description.MaxTokens, description.Truncation, description.HeadShare));
        Assert.Equal((1.5, 0.2, 0.4), (description.Temperature, description.AbstainBelow, description.DecisionThreshold));
        Assert.Equal((9, 0.5, 0.25, "coin", 0.1), (
            description.Metrics!.Texts, description.Metrics.Overall["accuracy"], description.Metrics.PerValue["justice"].F1,
            description.Metrics.BaselineName, description.Metrics.Baseline["accuracy"]));
    }

    [Fact]
    public void Load_ConfusionInOtherOrder_IsMovedIntoTheTaxonomys()
    {
        string[] labels = ["empathy", "civility", "wisdom", "duty", "justice", "information-seeking", "well-being"];
        _folder.WriteManifest(new
        {
            confusion = new { split = "test", labels, matrix = Enumerable.Range(0, 7).Select(row => Enumerable.Range(0, 7).Select(column => (10 * row) + column)) },
        });

        var confusion = _folder.Load().Description.Confusion;

        // Of well-being (row 6 there, 0 here) predicted as empathy (column 0 there, 6 here).
        Assert.Equal(60, confusion[6]);
        Assert.Equal(66, confusion[0]);
        Assert.Equal(0, confusion[48]);
    }

    [Fact]
    public void Load_ConfusionByScore_KeepsEachCellsBins()
    {
        string[] labels = ["empathy", "civility", "wisdom", "duty", "justice", "information-seeking", "well-being"];
        _folder.WriteManifest(new
        {
            confusion = new
            {
                split = "test",
                labels,
                matrix = Enumerable.Range(0, 7).Select(row => Enumerable.Range(0, 7).Select(column => new[] { 10 * row, column })),
            },
        });

        var confusion = _folder.Load().Description.Confusion;

        Assert.Equal(7 * 7 * 2, confusion.Count);
        Assert.Equal([60, 6, 60, 5], confusion.Take(4));
        Assert.Equal([0, 0], confusion.TakeLast(2));
    }

    [Theory]
    [InlineData("[1,2,3]", "confusion.matrix[0][0]: has 3 bins of the score, expected 1, 2, 4, 5, 10 or 20.")]
    [InlineData("[]", "confusion.matrix[0][0]: has 0 bins of the score, expected 1, 2, 4, 5, 10 or 20.")]
    [InlineData("[1,2]", "confusion.matrix[0][1]: has 1 bins of the score, expected 2.")]
    [InlineData("[-1,2]", "confusion.matrix[0][0][0]: found the number -1")]
    public void Load_UnusableConfusionCell_NamesIt(string cell, string expected)
    {
        var ones = string.Join(',', Enumerable.Repeat("1", 6));
        var rows = string.Join(',', Enumerable.Repeat($"[{cell},{ones}]", 7));
        _folder.Write("valueimprint.json", $$$"""
            {"confusion":{"labels":["well-being","information-seeking","justice","duty","wisdom","civility","empathy"],"matrix":[{{{rows}}}]}}
            """);

        var fault = Assert.Throws<ModelPackageException>(() => _folder.Load());

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AnotherVariantsGraphLeftOut_LoadsWithoutIt()
    {
        _folder.Write("valueimprint.json", """{"variants":{"fp32":"model.onnx","int8":"nothere.onnx"}}""");

        var package = ModelPackage.Load(_folder.Path);

        Assert.Equal(["fp32"], package.Variants);
    }

    [Fact]
    public void Load_TheVariantLeftOutIsAskedFor_NamesItsFile()
    {
        _folder.Write("valueimprint.json", """{"variants":{"fp32":"model.onnx","int8":"nothere.onnx"}}""");

        var fault = Assert.Throws<ModelPackageException>(() => ModelPackage.Load(_folder.Path, "int8"));

        Assert.Contains("variants.int8: there is no file 'nothere.onnx'", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"truncation":{"max_token":64}}""", "valueimprint.json: truncation.max_token: is not known here.", "Did you mean 'max_tokens'?")]
    [InlineData("""{"shema":1}""", "valueimprint.json: shema: is not known here.", "Did you mean 'schema'?")]
    [InlineData("""{"schema":2}""", "valueimprint.json: schema: this version reads schema 1 alone.", "Update ValueImprint")]
    [InlineData("""{"truncation":{"strategy":"middle"}}""", "valueimprint.json: truncation.strategy: found 'middle'", "expected head, tail or head+tail")]
    [InlineData("""{"truncation":{"max_tokens":65}}""", "valueimprint.json: truncation.max_tokens: is 65", "positions for 64 tokens")]
    [InlineData("""{"truncation":{"head_share":1.5}}""", "valueimprint.json: truncation.head_share: found the number 1.5", "expected a number from 0 to 1")]
    [InlineData("""{"calibration":{"temperature":0}}""", "valueimprint.json: calibration.temperature: found the number 0", "expected a number from 0.01")]
    [InlineData("""{"calibration":{"abstain_below":"x"}}""", "valueimprint.json: calibration.abstain_below: found a text", "expected a number")]
    [InlineData("""{"calibration":{"decision_thresholds":{"justise":0.5}}}""", "valueimprint.json: calibration.decision_thresholds.justise: the taxonomy value-imprint 1.0 has no value 'justise'.", "Did you mean 'justice'?")]
    [InlineData("""{"calibration":{"decision_thresholds":{"justice":0.5,"Justice & Human/Animal Rights":0.4}}}""", "valueimprint.json: calibration.decision_thresholds.Justice & Human/Animal Rights: the value 'justice' has a threshold already.", "")]
    [InlineData("""{"calibration":{"decision_thresholds":{"justice":2}}}""", "valueimprint.json: calibration.decision_thresholds.justice: found the number 2", "expected a number from 0 to 1")]
    [InlineData("""{"taxonomy":{"id":"other"}}""", "valueimprint.json: taxonomy.id: 'other' is not built in.", "taxonomy.json")]
    [InlineData("""{"taxonomy":{"id":"value-imprint","version":"9"}}""", "valueimprint.json: taxonomy.version: is '9'", "has version '1.0'")]
    [InlineData("""{"variants":{"fp32":"nothere.onnx"}}""", "valueimprint.json: variants.fp32: there is no file 'nothere.onnx'", "in the package")]
    [InlineData("""{"variants":{"fp32":"model.onnx","int8":"nothere.onnx"},"default_variant":"int8"}""", "valueimprint.json: variants.int8: there is no file 'nothere.onnx'", "in the package")]
    [InlineData("""{"variants":{"fp32":"../model.onnx"}}""", "valueimprint.json: variants.fp32: '../model.onnx'", "inside the package")]
    [InlineData("""{"variants":{"fp32":"model.onnx"},"default_variant":"fp23"}""", "valueimprint.json: default_variant: there is no variant 'fp23'", "Did you mean 'fp32'?")]
    [InlineData("""{"stance":{"labels":["upholds","upholds","neutral"]}}""", "valueimprint.json: stance.labels: expected upholds, violates and neutral", "")]
    [InlineData("""{"stance":{"output":"stances"}}""", "model.onnx: stances: is missing among the graph's outputs", "logits [?, 7]")]
    [InlineData("""{"confusion":{"labels":["justice"],"matrix":[[1]]}}""", "valueimprint.json: confusion.labels: expected the taxonomy's 7 values", "")]
    [InlineData("""{"name":""}""", "valueimprint.json: name: is empty.", "")]
    [InlineData("""{"name":""", "valueimprint.json: line 1, byte 9: is not valid JSON.", "")]
    [InlineData("""{"name":"\ud800"}""", "valueimprint.json: line 1, byte 9: holds half of a surrogate pair", "")]
    [InlineData("""{"name":"a","name":"b"}""", "valueimprint.json: holds a member twice.", "")]
    [InlineData("""[]""", "valueimprint.json: found a list, expected an object.", "")]
    public void Load_FaultyManifest_NamesFileAndField(string manifest, string start, string hint)
    {
        _folder.Write("valueimprint.json", manifest);

        AssertRefused(start, hint);
    }

    [Theory]
    [InlineData("id2label", null, "config.json: id2label: is missing.", "")]
    [InlineData("id2label", """{"0":"a","2":"b"}""", "config.json: id2label: has 2 labels but none with id 1", "without gaps")]
    [InlineData("id2label", """{"0":"a","1":"a"}""", "config.json: id2label: the label 'a' occurs twice.", "")]
    [InlineData("id2label", """{"0":"a","x":"b"}""", "config.json: id2label.x: expected a whole number", "")]
    [InlineData("id2label", """{"0":"a","1":"b"}""", "model.onnx: logits: is logits [?, 7], expected [batch, 2]", "has 2 labels in id2label")]
    [InlineData("id2label", """{"0":"well-being","1":"information-seeking","2":"justise","3":"duty","4":"wisdom","5":"civility","6":"empathy"}""", "config.json: id2label.2: the taxonomy value-imprint 1.0 has no value 'justise'", "Did you mean 'justice'?")]
    [InlineData("problem_type", "\"regression\"", "config.json: problem_type: found 'regression'", "expected single_label_classification or multi_label_classification")]
    [InlineData("max_position_embeddings", "3", "config.json: max_position_embeddings: leaves room for 1 tokens", "at least 3")]
    [InlineData("pad_token_id", "0", "config.json: pad_token_id: is 0, but the padding token", "different models")]
    [InlineData("vocab_size", "100", "vocab.json: holds the id", "vocab_size 100")]
    public void Load_FaultyConfig_NamesFileAndField(string member, string? value, string start, string hint)
    {
        _folder.Config[member] = value is null ? null : JsonNode.Parse(value);
        _folder.WriteConfig();

        AssertRefused(start, hint);
    }

    [Theory]
    [InlineData("config.json", "config.json: is missing", "")]
    [InlineData("vocab.json", "holds no tokenizer", "vocab.json and merges.txt")]
    [InlineData("merges.txt", "holds no tokenizer", "vocab.json and merges.txt")]
    [InlineData("model.onnx", "holds no graph", "model.onnx or onnx/model.onnx")]
    public void Load_MissingFile_SaysWhatIsExpected(string file, string start, string hint)
    {
        _folder.Delete(file);

        AssertRefused(start, hint);
    }

    [Fact]
    public void Load_NoFolder_SaysSo()
    {
        var exception = Assert.Throws<ModelPackageException>(() => ModelPackage.Load(Path.Combine(_folder.Path, "nowhere")));

        Assert.EndsWith("nowhere: there is no such folder.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_GraphOfGarbage_SaysSo()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 50; round++)
        {
            var bytes = new byte[random.Next(400)];
            random.NextBytes(bytes);
            _folder.Write("model.onnx", bytes);

            var exception = Assert.Throws<ModelPackageException>(() => _folder.Load());

            Assert.True(exception.File.EndsWith("model.onnx", StringComparison.Ordinal), $"seed {seed}, round {round}: {exception.Message}");
        }
    }

    [Fact]
    public void Load_TruncatedGraph_SaysSo()
    {
        var graph = TinyGraphs.Bag(300, 7);
        for (var length = 0; length < graph.Length - 1; length += 97)
        {
            _folder.Write("model.onnx", graph[..length]);

            Assert.Throws<ModelPackageException>(() => _folder.Load());
        }
    }

    [Fact]
    public void Load_FixedBatch_IsRefused()
    {
        var graph = new GraphBuilder();
        var ids = graph.Input("input_ids", Onnx.TensorProto.Types.DataType.Int64, 1, 128);
        graph.Input("attention_mask", Onnx.TensorProto.Types.DataType.Int64, 1, 128);
        graph.Add("Cast", "logits", [ids], GraphBuilder.Attribute("to", 1L));
        graph.Output("logits", Onnx.TensorProto.Types.DataType.Float, 1, 7);
        _folder.Write("model.onnx", graph.Build());

        AssertRefused("model.onnx: input_ids: is input_ids [1, 128], expected [batch, tokens]", "dynamic axes");
    }

    [Fact]
    public void Load_UnknownInput_IsRefused()
    {
        var graph = new GraphBuilder();
        graph.Input("input_ids", Onnx.TensorProto.Types.DataType.Int64, "b", "t");
        graph.Input("pixel_values", Onnx.TensorProto.Types.DataType.Float, "b", 3);
        _folder.Write("model.onnx", graph.Build());

        AssertRefused("model.onnx: pixel_values: is an input that nothing here provides", "attention_mask");
    }

    [Fact]
    public void Load_ForeignLabels_MakesATaxonomyOfThem()
    {
        using var folder = new PackageFolder(labels: ["Self-direction: thought", "Power: dominance", "Tradition"]);

        var description = folder.Load().Description;

        Assert.True(description.IsTaxonomyAdHoc);
        Assert.Equal(["self-direction-thought", "power-dominance", "tradition"], description.Taxonomy.Values.Select(static value => value.Id));
        Assert.Contains("made from the labels", Assert.Single(description.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_PlaceholderLabels_SaysSo()
    {
        using var folder = new PackageFolder(labels: ["LABEL_0", "LABEL_1"]);

        Assert.Contains("placeholders (LABEL_0", Assert.Single(folder.Load().Description.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_TaxonomyFile_Wins()
    {
        using var folder = new PackageFolder(labels: ["b", "a"]);
        folder.Write("taxonomy.json", """{"taxonomy":1,"id":"mine","version":"3","name":"Mine","values":[{"id":"a","name":"A"},{"id":"b","name":"B"}]}""");

        var package = folder.Load();

        Assert.Equal("mine", package.Description.Taxonomy.Id);
        Assert.Equal([1, 0], package.Labels.LogitOfValue);
    }

    [Fact]
    public void Load_TaxonomyFileWithMoreValues_NamesTheMissingLabel()
    {
        using var folder = new PackageFolder(labels: ["a", "c"]);
        folder.Write("taxonomy.json", """{"taxonomy":1,"id":"mine","version":"3","name":"Mine","values":[{"id":"a","name":"A"},{"id":"b","name":"B"},{"id":"c","name":"C"}]}""");

        var exception = Assert.Throws<ModelPackageException>(() => folder.Load());

        Assert.Contains("config.json: id2label: has no label for b", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_Variant_IsTheOneAskedFor()
    {
        _folder.Write("onnx/model_quantized.onnx", TinyGraphs.Bag(_folder.Tokenizer.Vocabulary.Count, 7));

        Assert.Equal("int8", _folder.Load("int8").Description.Variant);
        var exception = Assert.Throws<ModelPackageException>(() => _folder.Load("int9"));
        Assert.Contains("Did you mean 'int8'?", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ContentHash_DependsOnDecidingBytesAlone()
    {
        var before = _folder.Load().Description;
        _folder.Write("README.md", "a card");
        var withCard = _folder.Load().Description;
        _folder.Write("tokenizer_config.json", """{"model_max_length":50}""");
        var withTokenizerConfig = _folder.Load().Description;

        Assert.Equal(before.ContentHash, withCard.ContentHash);
        Assert.Matches("^[0-9a-f]{64}$", before.ContentHash);
        Assert.NotEqual(before.ContentHash, withTokenizerConfig.ContentHash);
        Assert.NotEqual(before.TokenizerHash, withTokenizerConfig.TokenizerHash);
        Assert.Equal(50, withTokenizerConfig.MaxTokens);
    }

    [Fact]
    public void ContentHash_SameFilesElsewhere_IsTheSame()
    {
        using var other = new PackageFolder();

        Assert.Equal(_folder.Load().Description.ContentHash, other.Load().Description.ContentHash);
    }

    [Fact]
    public void Load_OneLabelToChooseFrom_NamesTheProblemType()
    {
        using var folder = new PackageFolder(labels: ["toxic"]);

        var exception = Assert.Throws<ModelPackageException>(() => folder.Load());

        Assert.Contains("config.json: problem_type: has one label", exception.Message, StringComparison.Ordinal);
        folder.Config["problem_type"] = "multi_label_classification";
        folder.WriteConfig();
        Assert.Equal(ProblemType.MultiLabel, folder.Load().Description.ProblemType);
    }

    [Theory]
    [InlineData("weights.bin", true)]
    [InlineData("some/deeper/weights", true)]
    [InlineData("model.onnx.data", false)]
    public void ContentHash_WeightsBesideTheGraph_ArePartOfIt(string location, bool isInitializer)
    {
        _folder.Write("onnx/model.onnx", TinyGraphs.Bag(_folder.Tokenizer.Vocabulary.Count, 7, location, isInitializer));
        _folder.Delete("model.onnx");
        _folder.Write($"onnx/{location}", [1, 2, 3]);
        var before = _folder.Load().Description.ContentHash;
        _folder.Write($"onnx/{location}", [1, 2, 4]);

        Assert.NotEqual(before, _folder.Load().Description.ContentHash);
    }

    [Theory]
    [InlineData("../outside", "'../outside' is outside the package")]
    [InlineData("/etc/passwd", "'/etc/passwd' is outside the package")]
    [InlineData("absent.bin", "'absent.bin' holds weights of the graph and is missing")]
    public void Load_WeightsThatAreNotInThePackage_AreRefused(string location, string expected)
    {
        _folder.Write("model.onnx", TinyGraphs.Bag(_folder.Tokenizer.Vocabulary.Count, 7, location, isInitializer: true));
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(_folder.Path)!, "outside"), "x"); // The folder lies in another.

        AssertRefused($"{Path.Combine(_folder.Path, "model.onnx")}: external_data.location: ", expected);
    }

    [Fact]
    public void Load_EveryFileALink_IsAsWithoutLinks()
    {
        _folder.Write("model.onnx", TinyGraphs.Bag(_folder.Tokenizer.Vocabulary.Count, 7, "weights.bin", isInitializer: true));
        _folder.Write("weights.bin", [1, 2, 3]);
        using var linked = new PackageFolder();
        foreach (var file in Directory.GetFiles(_folder.Path))
        {
            linked.Delete(Path.GetFileName(file));
            File.CreateSymbolicLink(Path.Combine(linked.Path, Path.GetFileName(file)), file);
        }

        Assert.Equal(_folder.Load().Description.ContentHash, linked.Load().Description.ContentHash);
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("vocab.json")]
    [InlineData("merges.txt")]
    [InlineData("model.onnx")]
    [InlineData("valueimprint.json")]
    [InlineData("taxonomy.json")]
    public void Load_DeviceInPlaceOfAFile_IsRefusedAtOnce(string file)
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "This system has no /dev/zero.");
        _folder.Delete(file);
        File.CreateSymbolicLink(Path.Combine(_folder.Path, file), "/dev/zero");

        AssertRefused($"{Path.Combine(_folder.Path, file)}: ", "is empty, or no regular file");
    }

    [Fact]
    public void Load_PipeInPlaceOfAFile_IsRefusedAtOnce()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/mkfifo"), "This system has no mkfifo.");
        _folder.Delete("config.json");
        using var mkfifo = System.Diagnostics.Process.Start("/usr/bin/mkfifo", [Path.Combine(_folder.Path, "config.json")]);
        mkfifo.WaitForExit();

        AssertRefused($"{Path.Combine(_folder.Path, "config.json")}: ", "is empty, or no regular file");
    }

    [Fact]
    public void Load_HalfOfASurrogatePair_IsRefusedByItsPlace()
    {
        _folder.Write("valueimprint.json", """{ "name": "\ud800" }""");

        AssertRefused($"{Path.Combine(_folder.Path, "valueimprint.json")}: line 1, byte ", "half of a surrogate pair");
    }

    public void Dispose() => _folder.Dispose();

    private void AssertRefused(string start, string hint)
    {
        var exception = Assert.Throws<ModelPackageException>(() => _folder.Load());
        Assert.Contains(start, exception.Message, StringComparison.Ordinal);
        Assert.Contains(hint, exception.Message, StringComparison.Ordinal);
        Assert.StartsWith(_folder.Path, exception.Message, StringComparison.Ordinal);
    }
}
