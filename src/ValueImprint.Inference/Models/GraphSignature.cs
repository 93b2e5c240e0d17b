using System.Text;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Inference.Models;

/// <summary>One input or output of a graph: its name, its ONNX element type, and its shape with −1 for a size known only at run time.</summary>
internal sealed record GraphTensor(string Name, int ElementType, IReadOnlyList<long> Shape)
{
    public override string ToString() => $"{Name} [{string.Join(", ", Shape.Select(static size => size < 0 ? "?" : size.ToString(System.Globalization.CultureInfo.InvariantCulture)))}]";
}

/// <summary>
/// The inputs and outputs of a graph, read from the file's own protobuf records without loading its weights: a package can be
/// checked and described in milliseconds, and without the runtime.
/// </summary>
internal sealed record GraphSignature(IReadOnlyList<GraphTensor> Inputs, IReadOnlyList<GraphTensor> Outputs)
{
    // Field numbers of onnx.proto (see Onnx/onnx.proto).
    private const int ModelGraph = 7;
    private const int GraphInitializer = 5;
    private const int GraphInput = 11;
    private const int GraphOutput = 12;
    private const int TensorName = 8;
    private const int MostValueInfoBytes = 1 << 20;

    /// <exception cref="ModelPackageException">The file is not an ONNX model.</exception>
    public static GraphSignature Read(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
            var reader = new ProtobufRecords(stream);
            var signature = default(GraphSignature);
            while (reader.TryReadField(stream.Length, out var number, out var length))
            {
                if (number == ModelGraph && length >= 0)
                {
                    signature = ReadGraph(reader, stream.Position + length);
                }
                else
                {
                    reader.Skip(length);
                }
            }

            return signature ?? throw new InvalidDataException("it holds no graph");
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or Google.Protobuf.InvalidProtocolBufferException)
        {
            throw new ModelPackageException(file, null, $"is not an ONNX model: {exception.Message.TrimEnd('.')}.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelPackageException(file, null, $"could not be read: {exception.Message}", exception);
        }
    }

    private static GraphSignature ReadGraph(ProtobufRecords reader, long end)
    {
        List<GraphTensor> inputs = [];
        List<GraphTensor> outputs = [];
        var initializers = new HashSet<string>(StringComparer.Ordinal);
        while (reader.TryReadField(end, out var number, out var length))
        {
            switch (number)
            {
                case GraphInput when length >= 0:
                    inputs.Add(ReadTensor(reader.ReadBytes(length, MostValueInfoBytes)));
                    break;
                case GraphOutput when length >= 0:
                    outputs.Add(ReadTensor(reader.ReadBytes(length, MostValueInfoBytes)));
                    break;
                case GraphInitializer when length >= 0:
                    initializers.Add(ReadInitializerName(reader, length));
                    break;
                default:
                    reader.Skip(length);
                    break;
            }
        }

        // Old exporters list the weights among the inputs.
        return new GraphSignature([.. inputs.Where(input => !initializers.Contains(input.Name))], outputs);
    }

    private static string ReadInitializerName(ProtobufRecords reader, long length)
    {
        var name = "";
        var end = reader.Position + length;
        while (reader.TryReadField(end, out var number, out var inner))
        {
            if (number == TensorName && inner >= 0)
            {
                name = Encoding.UTF8.GetString(reader.ReadBytes(inner, MostValueInfoBytes));
            }
            else
            {
                reader.Skip(inner);
            }
        }

        return name;
    }

    private static GraphTensor ReadTensor(byte[] bytes)
    {
        var info = Onnx.ValueInfoProto.Parser.ParseFrom(bytes);
        var tensor = info.Type?.TensorType;
        var shape = tensor?.Shape?.Dim.Select(static size =>
            size.ValueCase == Onnx.TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue ? size.DimValue : -1);
        return new GraphTensor(info.Name, tensor?.ElemType ?? 0, [.. shape ?? []]);
    }
}
