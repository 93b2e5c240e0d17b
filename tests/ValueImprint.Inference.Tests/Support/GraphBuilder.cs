using System.Runtime.InteropServices;
using Google.Protobuf;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Inference.Onnx;

namespace ValueImprint.Inference.Tests.Support;

/// <summary>Writes small ONNX graphs, an operator a line.</summary>
internal sealed class GraphBuilder
{
    private readonly GraphProto _graph = new() { Name = "test" };
    private int _names;

    public string Input(string name, TensorProto.Types.DataType type, params object[] shape)
    {
        _graph.Input.Add(Value(name, type, shape));
        return name;
    }

    public void Output(string name, TensorProto.Types.DataType type, params object[] shape) => _graph.Output.Add(Value(name, type, shape));

    public string Floats(float[] values, params long[] shape) => Constant(
        new TensorProto { DataType = (int)TensorProto.Types.DataType.Float, RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(values)) }, shape);

    public string Integers(long[] values, params long[] shape) => Constant(
        new TensorProto { DataType = (int)TensorProto.Types.DataType.Int64, RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<long>(values)) }, shape);

    public string Add(string operation, string[] inputs, params AttributeProto[] attributes) => Add(operation, NextName(), inputs, attributes);

    public string Add(string operation, string output, string[] inputs, params AttributeProto[] attributes)
    {
        var node = new NodeProto { OpType = operation, Input = { inputs }, Output = { output }, Name = NextName() };
        node.Attribute.AddRange(attributes);
        _graph.Node.Add(node);
        return output;
    }

    public static AttributeProto Attribute(string name, long value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    public static AttributeProto Attribute(string name, params long[] values) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Ints, Ints = { values } };

    public byte[] Build() => new ModelProto
    {
        IrVersion = 8,
        ProducerName = "tests",
        Graph = _graph,
        OpsetImport = { new OperatorSetIdProto { Version = 17 } },
    }.ToByteArray();

    private string Constant(TensorProto tensor, long[] shape)
    {
        tensor.Name = NextName();
        tensor.Dims.AddRange(shape);
        _graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    private string NextName() => FormattableString.Invariant($"v{_names++}");

    private static ValueInfoProto Value(string name, TensorProto.Types.DataType type, object[] shape)
    {
        var dimensions = new TensorShapeProto();
        foreach (var size in shape)
        {
            dimensions.Dim.Add(size is string parameter
                ? new TensorShapeProto.Types.Dimension { DimParam = parameter }
                : new TensorShapeProto.Types.Dimension { DimValue = Convert.ToInt64(size, System.Globalization.CultureInfo.InvariantCulture) });
        }

        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = dimensions } },
        };
    }
}
