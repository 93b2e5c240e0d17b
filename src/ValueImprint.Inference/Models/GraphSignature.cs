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
/// The inputs and outputs of a graph and the files that hold weights of it, read from the file's own protobuf records without loading its
/// weights: a package can be checked and described in milliseconds, and without the runtime.
/// </summary>
/// <param name="Inputs">What it takes.</param>
/// <param name="Outputs">What it gives.</param>
/// <param name="ExternalFiles">As the graph names them, relative to its own folder; not checked.</param>
internal sealed record GraphSignature(IReadOnlyList<GraphTensor> Inputs, IReadOnlyList<GraphTensor> Outputs, IReadOnlyCollection<string> ExternalFiles)
{
    // Field numbers of onnx.proto (see Onnx/onnx.proto).
    private const int ModelGraph = 7;
    private const int ModelFunctions = 25;
    private const int FunctionNode = 7;
    private const int GraphNode = 1;
    private const int GraphInitializer = 5;
    private const int GraphInput = 11;
    private const int GraphOutput = 12;
    private const int GraphSparseInitializer = 15;
    private const int NodeAttribute = 5;
    private const int AttributeTensor = 5;
    private const int AttributeGraph = 6;
    private const int AttributeTensors = 10;
    private const int AttributeGraphs = 11;
    private const int AttributeSparseTensor = 22;
    private const int AttributeSparseTensors = 23;
    private const int SparseValues = 1;
    private const int SparseIndices = 2;
    private const int TensorName = 8;
    private const int TensorExternalData = 13;
    private const int MaxValueInfoBytes = 1 << 20;
    private const int MaxDepth = 32;

    /// <exception cref="ModelPackageException">The file is not an ONNX model.</exception>
    public static GraphSignature Read(string file)
    {
        using var stream = PackageFile.Open(file);
        try
        {
            return new Walk(new ProtobufRecords(stream)).ReadModel(stream.Length);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or Google.Protobuf.InvalidProtocolBufferException)
        {
            throw new ModelPackageException(file, null, $"is not an ONNX model: {exception.Message.TrimEnd('.')}.", exception);
        }
        catch (IOException exception)
        {
            throw new ModelPackageException(file, null, $"could not be read: {exception.Message}", exception);
        }
    }

    private sealed class Walk(ProtobufRecords reader)
    {
        private readonly List<GraphTensor> _inputs = [];
        private readonly List<GraphTensor> _outputs = [];
        private readonly HashSet<string> _initializers = new(StringComparer.Ordinal);
        private readonly SortedSet<string> _externalFiles = new(StringComparer.Ordinal);

        public GraphSignature ReadModel(long end)
        {
            var hasGraph = false;
            Each(end, (number, length) =>
            {
                switch (number)
                {
                    case ModelGraph:
                        hasGraph = true;
                        ReadGraph(length, depth: 0);
                        break;
                    case ModelFunctions:
                        Each(reader.Position + length, FunctionNode, inner => ReadNode(inner, depth: 0));
                        break;
                    default:
                        reader.Skip(length);
                        break;
                }
            });

            // Old exporters list the weights among the inputs.
            return hasGraph
                ? new GraphSignature([.. _inputs.Where(input => !_initializers.Contains(input.Name))], _outputs, _externalFiles)
                : throw new InvalidDataException("it holds no graph");
        }

        // A graph within a node, such as a branch, has inputs and outputs of its own, but may hold weights.
        private void ReadGraph(long length, int depth)
        {
            if (depth > MaxDepth)
            {
                throw new InvalidDataException("graphs are nested too deeply");
            }

            Each(reader.Position + length, (number, inner) =>
            {
                switch (number)
                {
                    case GraphInput when depth == 0:
                        _inputs.Add(ReadValueInfo(reader.ReadBytes(inner, MaxValueInfoBytes)));
                        break;
                    case GraphOutput when depth == 0:
                        _outputs.Add(ReadValueInfo(reader.ReadBytes(inner, MaxValueInfoBytes)));
                        break;
                    case GraphInitializer:
                        ReadTensor(inner, isInitializer: depth == 0);
                        break;
                    case GraphSparseInitializer:
                        ReadSparseTensor(inner);
                        break;
                    case GraphNode:
                        ReadNode(inner, depth);
                        break;
                    default:
                        reader.Skip(inner);
                        break;
                }
            });
        }

        private void ReadNode(long length, int depth) => Each(reader.Position + length, NodeAttribute, attribute => Each(reader.Position + attribute, (number, inner) =>
        {
            switch (number)
            {
                case AttributeTensor or AttributeTensors:
                    ReadTensor(inner, isInitializer: false);
                    break;
                case AttributeSparseTensor or AttributeSparseTensors:
                    ReadSparseTensor(inner);
                    break;
                case AttributeGraph or AttributeGraphs:
                    ReadGraph(inner, depth + 1);
                    break;
                default:
                    reader.Skip(inner);
                    break;
            }
        }));

        private void ReadSparseTensor(long length) => Each(reader.Position + length, (number, inner) =>
        {
            if (number is SparseValues or SparseIndices)
            {
                ReadTensor(inner, isInitializer: false);
            }
            else
            {
                reader.Skip(inner);
            }
        });

        private void ReadTensor(long length, bool isInitializer) => Each(reader.Position + length, (number, inner) =>
        {
            switch (number)
            {
                case TensorName when isInitializer:
                    _initializers.Add(Encoding.UTF8.GetString(reader.ReadBytes(inner, MaxValueInfoBytes)));
                    break;
                case TensorExternalData:
                    var entry = Onnx.StringStringEntryProto.Parser.ParseFrom(reader.ReadBytes(inner, MaxValueInfoBytes));
                    if (entry.Key == "location")
                    {
                        _externalFiles.Add(entry.Value);
                    }

                    break;
                default:
                    reader.Skip(inner);
                    break;
            }
        });

        private void Each(long end, int wanted, Action<long> read) => Each(end, (number, length) =>
        {
            if (number == wanted)
            {
                read(length);
            }
            else
            {
                reader.Skip(length);
            }
        });

        // Of the records of a message, those with a length; the reader is behind each when it has been read.
        private void Each(long end, Action<int, long> read)
        {
            while (reader.TryReadField(end, out var number, out var length))
            {
                if (length >= 0)
                {
                    read(number, length);
                }
            }
        }

        private static GraphTensor ReadValueInfo(byte[] bytes)
        {
            var info = Onnx.ValueInfoProto.Parser.ParseFrom(bytes);
            var tensor = info.Type?.TensorType;
            var shape = tensor?.Shape?.Dim.Select(static size =>
                size.ValueCase == Onnx.TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue ? size.DimValue : -1);
            return new GraphTensor(info.Name, tensor?.ElemType ?? 0, [.. shape ?? []]);
        }
    }
}
