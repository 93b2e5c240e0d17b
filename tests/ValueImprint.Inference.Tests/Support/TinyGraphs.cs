using Google.Protobuf;
using ValueImprint.Inference.Onnx;
using static ValueImprint.Inference.Tests.Support.GraphBuilder;

namespace ValueImprint.Inference.Tests.Support;

/// <summary>Classifiers of a few kilobytes with random weights.</summary>
internal static class TinyGraphs
{
    private const TensorProto.Types.DataType Float = TensorProto.Types.DataType.Float;
    private const TensorProto.Types.DataType Int64 = TensorProto.Types.DataType.Int64;

    /// <summary>The mean of the tokens' embeddings through one matrix. It fails on ids from <paramref name="vocabulary"/> on.</summary>
    /// <param name="vocabulary">Rows of the embedding.</param>
    /// <param name="labels">Logits.</param>
    /// <param name="hasStance">With a second head.</param>
    /// <param name="notANumber">Tokens whose embedding is not a number.</param>
    public static byte[] Bag(int vocabulary, int labels, bool hasStance = false, params int[] notANumber)
    {
        const int width = 16;
        var random = new Random(7);
        var embedding = Weights(random, vocabulary * width, 1);
        foreach (var token in notANumber)
        {
            embedding[token * width] = float.NaN;
        }

        var graph = new GraphBuilder();
        var (ids, mask) = Inputs(graph);
        var mean = MaskedMean(graph, graph.Add("Gather", [graph.Floats(embedding, vocabulary, width), ids]), mask);
        Head(graph, mean, "logits", Weights(random, width * labels, 3), width, labels);
        if (hasStance)
        {
            Head(graph, mean, "stance_logits", Weights(random, width * 3, 3), width, 3);
        }

        return graph.Build();
    }

    /// <summary>As the other, with a further tensor whose elements are in a file: an initializer, or a node's constant.</summary>
    public static byte[] Bag(int vocabulary, int labels, string location, bool isInitializer)
    {
        var model = ModelProto.Parser.ParseFrom(Bag(vocabulary, labels));
        var tensor = new TensorProto
        {
            Name = "outside",
            Dims = { 3 },
            DataType = (int)Float,
            DataLocation = TensorProto.Types.DataLocation.External,
            ExternalData = { new StringStringEntryProto { Key = "location", Value = location } },
        };
        if (isInitializer)
        {
            model.Graph.Initializer.Add(tensor);
        }
        else
        {
            model.Graph.Node.Add(new NodeProto { OpType = "Constant", Output = { "unused" }, Attribute = { new AttributeProto { Name = "value", Type = AttributeProto.Types.AttributeType.Tensor, T = tensor } } });
        }

        return model.ToByteArray();
    }

    /// <summary>An encoder as large models have it, but small: embeddings, attention with heads, layer norms, a GELU feed-forward, a tanh pooler.</summary>
    public static byte[] Transformer(int vocabulary, int positions, int labels, int layers = 2, int width = 64, int heads = 4)
    {
        var random = new Random(11);
        var graph = new GraphBuilder();
        var (ids, mask) = Inputs(graph);
        var bias = AttentionBias(graph, mask);
        var tokens = graph.Add("Gather", [graph.Floats(Weights(random, vocabulary * width, 1), vocabulary, width), ids]);
        var x = Norm(graph, random, graph.Add("Add", [tokens, PositionEmbedding(graph, random, ids, positions, width)]), width);
        for (var layer = 0; layer < layers; layer++)
        {
            x = Norm(graph, random, graph.Add("Add", [x, Attention(graph, random, x, bias, width, heads)]), width);
            var inner = Gelu(graph, Linear(graph, random, x, width, width * 4));
            x = Norm(graph, random, graph.Add("Add", [x, Linear(graph, random, inner, width * 4, width)]), width);
        }

        var first = graph.Add("Gather", [x, graph.Integers([0])], Attribute("axis", 1));
        var pooled = graph.Add("Tanh", [Linear(graph, random, first, width, width)]);
        Head(graph, pooled, "logits", Weights(random, width * labels, 0.5), width, labels);
        return graph.Build();
    }

    private static (string Ids, string Mask) Inputs(GraphBuilder graph) =>
        (graph.Input("input_ids", Int64, "batch", "tokens"), graph.Input("attention_mask", Int64, "batch", "tokens"));

    private static void Head(GraphBuilder graph, string input, string output, float[] weights, int width, int labels)
    {
        graph.Add("MatMul", output, [input, graph.Floats(weights, width, labels)]);
        graph.Output(output, Float, "batch", labels);
    }

    private static string MaskedMean(GraphBuilder graph, string x, string mask)
    {
        var axis = graph.Integers([1], 1);
        var weight = graph.Add("Unsqueeze", [graph.Add("Cast", [mask], Attribute("to", (long)Float)), graph.Integers([2], 1)]);
        var sum = graph.Add("ReduceSum", [graph.Add("Mul", [x, weight]), axis], Attribute("keepdims", 0));
        return graph.Add("Div", [sum, graph.Add("ReduceSum", [weight, axis], Attribute("keepdims", 0))]);
    }

    private static string AttentionBias(GraphBuilder graph, string mask)
    {
        var masked = graph.Add("Sub", [graph.Floats([1]), graph.Add("Cast", [mask], Attribute("to", (long)Float))]);
        return graph.Add("Unsqueeze", [graph.Add("Mul", [masked, graph.Floats([-10000])]), graph.Integers([1, 2], 2)]);
    }

    private static string PositionEmbedding(GraphBuilder graph, Random random, string ids, int positions, int width)
    {
        var length = graph.Add("Gather", [graph.Add("Shape", [ids]), graph.Integers([1])]);
        var range = graph.Add("Range", [graph.Integers([0]), length, graph.Integers([1])]);
        return graph.Add("Gather", [graph.Floats(Weights(random, positions * width, 1), positions, width), range]);
    }

    private static string Attention(GraphBuilder graph, Random random, string x, string bias, int width, int heads)
    {
        var query = Split(graph, Linear(graph, random, x, width, width), width, heads, 0, 2, 1, 3);
        var key = Split(graph, Linear(graph, random, x, width, width), width, heads, 0, 2, 3, 1);
        var value = Split(graph, Linear(graph, random, x, width, width), width, heads, 0, 2, 1, 3);
        var scores = graph.Add("Div", [graph.Add("MatMul", [query, key]), graph.Floats([MathF.Sqrt((float)width / heads)])]);
        var weights = graph.Add("Softmax", [graph.Add("Add", [scores, bias])], Attribute("axis", -1));
        var mixed = graph.Add("Transpose", [graph.Add("MatMul", [weights, value])], Attribute("perm", 0, 2, 1, 3));
        return Linear(graph, random, graph.Add("Reshape", [mixed, graph.Integers([0, 0, width], 3)]), width, width);
    }

    private static string Split(GraphBuilder graph, string x, int width, int heads, params long[] order) => graph.Add(
        "Transpose", [graph.Add("Reshape", [x, graph.Integers([0, 0, heads, width / heads], 4)])], Attribute("perm", order));

    private static string Linear(GraphBuilder graph, Random random, string x, int width, int outputs) => graph.Add(
        "Add",
        [
            graph.Add("MatMul", [x, graph.Floats(Weights(random, width * outputs, 1 / Math.Sqrt(width)), width, outputs)]),
            graph.Floats(Weights(random, outputs, 0.1), outputs),
        ]);

    private static string Gelu(GraphBuilder graph, string x)
    {
        var erf = graph.Add("Erf", [graph.Add("Div", [x, graph.Floats([MathF.Sqrt(2)])])]);
        return graph.Add("Mul", [graph.Add("Mul", [x, graph.Add("Add", [erf, graph.Floats([1])])]), graph.Floats([0.5f])]);
    }

    private static string Norm(GraphBuilder graph, Random random, string x, int width) => graph.Add(
        "LayerNormalization", [x, graph.Floats(Weights(random, width, 1), width), graph.Floats(Weights(random, width, 0.1), width)], Attribute("axis", -1));

    private static float[] Weights(Random random, int count, double scale)
    {
        var weights = new float[count];
        for (var index = 0; index < count; index++)
        {
            weights[index] = (float)((random.NextDouble() - 0.5) * 2 * scale);
        }

        return weights;
    }
}
