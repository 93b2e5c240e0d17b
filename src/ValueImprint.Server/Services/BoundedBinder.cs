using System.Buffers;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using ValueImprint.Protocol.V1;
using ValueImprint.Server.Configuration;

namespace ValueImprint.Server.Services;

/// <summary>
/// Binds the classifier's methods so that a message is looked at before it is parsed: a few bytes of it become an object of many, so a
/// limit on bytes is none on memory. It also gives a message that can't be parsed its status; gRPC's own would be UNKNOWN.
/// </summary>
internal sealed class BoundedBinder(ServerServiceDefinition.Builder builder, int maxTexts) : ServiceBinderBase
{
    // Fields of all texts of a full message three times over, or of the files of the largest audit.
    private readonly int _maxFields = Math.Max(8 * maxTexts, 5 * AuditRowReader.MaxFiles);

    public static ServerServiceDefinition Bind(ClassifierService service, ServerOptions options)
    {
        var builder = ServerServiceDefinition.CreateBuilder();
        ValueClassifier.BindService(new BoundedBinder(builder, options.MaxTextsPerCall), service);
        return builder.Build();
    }

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler) =>
        builder.AddMethod(Bound(method), handler!); // A service is given.

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler) =>
        builder.AddMethod(Bound(method), handler!); // A service is given.

    private Method<TRequest, TResponse> Bound<TRequest, TResponse>(Method<TRequest, TResponse> method)
        where TRequest : class
        where TResponse : class
    {
        var descriptor = ((IMessage)Activator.CreateInstance<TRequest>()).Descriptor;
        var texts = descriptor.FindFieldByName("texts")?.FieldNumber ?? 0;
        var read = method.RequestMarshaller.ContextualDeserializer;
        var marshaller = Marshallers.Create(
            method.RequestMarshaller.ContextualSerializer,
            context =>
            {
                Check(context.PayloadAsReadOnlySequence(), descriptor, texts);
                try
                {
                    return read(context);
                }
                catch (InvalidProtocolBufferException)
                {
                    throw Refusal.Malformed(descriptor.FullName);
                }
            });
        return new Method<TRequest, TResponse>(method.Type, method.ServiceName, method.Name, marshaller, method.ResponseMarshaller);
    }

    /// <exception cref="RpcException">INVALID_ARGUMENT: more texts, or more fields at any depth, than the server takes.</exception>
    private void Check(ReadOnlySequence<byte> message, MessageDescriptor descriptor, int textsField)
    {
        var (texts, fields) = (0, 0);
        Count(message, descriptor, isTop: true);
        if (texts > maxTexts)
        {
            throw Refusal.TooManyTexts(texts, maxTexts);
        }

        if (fields > _maxFields)
        {
            throw Refusal.TooManyFields(fields, _maxFields);
        }

        // Stops where the wire format is broken; the parser then says so.
        void Count(ReadOnlySequence<byte> bytes, MessageDescriptor type, bool isTop)
        {
            var reader = new SequenceReader<byte>(bytes);
            while (!reader.End && TryReadVarint(ref reader, out var tag) && TryReadLength(ref reader, (WireFormat.WireType)(tag & 7), out var length) && length <= reader.Remaining)
            {
                var number = (int)(tag >> 3);
                fields++;
                texts += isTop && number == textsField ? 1 : 0;
                if (type.FindFieldByNumber(number) is { FieldType: FieldType.Message } field && (tag & 7) == (int)WireFormat.WireType.LengthDelimited)
                {
                    Count(reader.UnreadSequence.Slice(0, length), field.MessageType, isTop: false);
                }

                reader.Advance(length);
            }
        }
    }

    // Of what follows a tag; a varint is read here and has none left.
    private static bool TryReadLength(ref SequenceReader<byte> reader, WireFormat.WireType type, out long length)
    {
        length = type switch { WireFormat.WireType.Fixed64 => 8, WireFormat.WireType.Fixed32 => 4, _ => 0 };
        if (type is WireFormat.WireType.LengthDelimited or WireFormat.WireType.Varint)
        {
            if (!TryReadVarint(ref reader, out var value))
            {
                return false;
            }

            length = type == WireFormat.WireType.Varint ? 0 : (long)Math.Min(value, long.MaxValue);
        }

        return true;
    }

    private static bool TryReadVarint(ref SequenceReader<byte> reader, out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (!reader.TryRead(out var part))
            {
                return false;
            }

            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return true;
            }
        }

        return false;
    }
}
