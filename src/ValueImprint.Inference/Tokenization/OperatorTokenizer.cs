using System.Collections.Concurrent;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Inference.Onnx;

namespace ValueImprint.Inference.Tokenization;

/// <summary>A graph of one tokenizing operator of ONNX Runtime Extensions, built in memory. Safe for concurrent use.</summary>
internal sealed class OperatorTokenizer : IPieceTokenizer
{
    private const string Domain = "ai.onnx.contrib";
    private static readonly string[] InputNames = ["text"];
    private static readonly string[] OutputNames = ["output_0"];
    private static readonly string[] MaskedOutputNames = ["output_0", "output_1"];

    // A call makes some 500 bytes of objects, whatever it is handed.
    private const int MostStrings = 32;

    private readonly SessionOptions _options = new() { IntraOpNumThreads = 1, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
    private readonly RunOptions _runOptions = new();
    private readonly InferenceSession _session;

    // Each thread at work borrows one; there are never more of them than threads.
    private readonly ConcurrentBag<OrtValue[]> _inputs = [];
    private readonly ConcurrentBag<OrtValue[]> _wideInputs = [];

    public OperatorTokenizer(TokenizerOperator tokenizer)
    {
        MostTogether = tokenizer.HasMask ? MostStrings : 1;
        _options.RegisterOrtExtensions();
        _session = new InferenceSession(BuildGraph(tokenizer).ToByteArray(), _options);
    }

    public int MostTogether { get; }

    public void Tokenize(ReadOnlySpan<char> piece, ref IdList ids)
    {
        if (!_inputs.TryTake(out var input))
        {
            input = [OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, [1])];
        }

        try
        {
            input[0].StringTensorSetElementAt(piece, 0);
            using var outputs = _session.Run(_runOptions, InputNames, input, OutputNames);

            // The Unigram operator gives nothing at all for a piece of nothing but spaces.
            if (outputs[0].OnnxType == OnnxValueType.ONNX_TYPE_TENSOR)
            {
                ids.Add(outputs[0].GetTensorDataAsSpan<long>());
            }
        }
        finally
        {
            _inputs.Add(input);
        }
    }

    public void TokenizeTogether(ReadOnlySpan<string> pieces, ref IdList ids, scoped Span<int> ends)
    {
        if (!_wideInputs.TryTake(out var input))
        {
            input = [OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, [MostStrings])];
        }

        try
        {
            for (var index = 0; index < MostStrings; index++)
            {
                input[0].StringTensorSetElementAt(index < pieces.Length ? pieces[index] : default(ReadOnlySpan<char>), index);
            }

            using var outputs = _session.Run(_runOptions, InputNames, input, MaskedOutputNames);
            var rows = outputs[0].GetTensorDataAsSpan<long>();
            var mask = outputs[1].GetTensorDataAsSpan<long>();
            var width = rows.Length / MostStrings;
            for (var index = 0; index < pieces.Length; index++)
            {
                // Rows are filled up behind their ids.
                var count = mask.Slice(index * width, width).IndexOf(0);
                ids.Add(rows.Slice(index * width, count < 0 ? width : count));
                ends[index] = ids.Count;
            }
        }
        finally
        {
            _wideInputs.Add(input);
        }
    }

    public void Dispose()
    {
        foreach (var input in _inputs.Concat(_wideInputs))
        {
            input[0].Dispose();
        }

        _session.Dispose();
        _runOptions.Dispose();
        _options.Dispose();
    }

    private static ModelProto BuildGraph(TokenizerOperator tokenizer)
    {
        var node = new NodeProto { Name = "tokenizer", OpType = tokenizer.Name, Domain = Domain, Input = { InputNames } };
        foreach (var (name, text) in tokenizer.Texts)
        {
            node.Attribute.Add(new AttributeProto
            {
                Name = name,
                Type = AttributeProto.Types.AttributeType.String,
                S = ByteString.CopyFromUtf8(text),
            });
        }

        foreach (var (name, number) in tokenizer.Integers)
        {
            node.Attribute.Add(new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = number });
        }

        var graph = new GraphProto { Name = "tokenizer", Node = { node }, Input = { Value(InputNames[0], TensorProto.Types.DataType.String, 1) } };
        for (var output = 0; output < tokenizer.OutputCount; output++)
        {
            var name = FormattableString.Invariant($"output_{output}");
            node.Output.Add(name);
            graph.Output.Add(Value(name, TensorProto.Types.DataType.Int64, tokenizer.OutputRank));
        }

        return new ModelProto
        {
            IrVersion = 8,
            ProducerName = "ValueImprint",
            Graph = graph,
            OpsetImport = { new OperatorSetIdProto { Version = 17 }, new OperatorSetIdProto { Domain = Domain, Version = 1 } },
        };
    }

    private static ValueInfoProto Value(string name, TensorProto.Types.DataType type, int rank)
    {
        var shape = new TensorShapeProto();
        for (var dimension = 0; dimension < rank; dimension++)
        {
            shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = FormattableString.Invariant($"{name}_{dimension}") });
        }

        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = shape } },
        };
    }
}
