using System.Collections.Frozen;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Health.V1;
using Grpc.Reflection.V1;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Protocol.V1;

namespace ValueImprint.Server.Services;

/// <summary>The proto files of everything that is served, by file name and by symbol.</summary>
internal static class DescriptorCatalogue
{
    private static readonly FileDescriptor[] Roots =
        [ValueClassifierReflection.Descriptor, HealthReflection.Descriptor, ReflectionReflection.Descriptor];

    private static readonly FrozenDictionary<string, FileDescriptor> Files =
        Roots.SelectMany(WithDependencies).DistinctBy(static file => file.Name).ToFrozenDictionary(static file => file.Name);

    private static readonly FrozenDictionary<string, FileDescriptor> Symbols =
        Files.Values.SelectMany(static file => SymbolsOf(file).Select(symbol => (symbol, file)))
            .ToFrozenDictionary(static pair => pair.symbol, static pair => pair.file);

    /// <summary>Full names of the services, ordinal.</summary>
    public static IReadOnlyList<string> Services { get; } =
        [.. Roots.SelectMany(static file => file.Services).Select(static service => service.FullName).Order(StringComparer.Ordinal)];

    private static readonly FrozenDictionary<string, string> Methods =
        Roots.SelectMany(static file => file.Services).SelectMany(static service => service.Methods)
            .Select(static method => $"{method.Service.FullName}/{method.Name}").ToFrozenDictionary(static name => "/" + name);

    /// <summary>Service and method of a request's path; <see langword="null"/> for one that is not served.</summary>
    public static string? MethodOf(string? path) => path is null ? null : Methods.GetValueOrDefault(path);

    public static FileDescriptor? FindFile(string name) => Files.GetValueOrDefault(name);

    /// <summary>The file that declares a service, method, message, field, oneof, enum or enum value of that full name.</summary>
    public static FileDescriptor? FindSymbol(string symbol) => Symbols.GetValueOrDefault(symbol);

    public static bool IsMessage(string name) =>
        FindSymbol(name) is { } file && MessagesOf(file.MessageTypes).Any(message => message.FullName == name);

    /// <summary>The file and all that it imports, itself first, serialized.</summary>
    public static IEnumerable<ByteString> Serialize(FileDescriptor file) =>
        WithDependencies(file).DistinctBy(static each => each.Name).Select(static each => each.SerializedData);

    private static IEnumerable<FileDescriptor> WithDependencies(FileDescriptor file) =>
        file.Dependencies.SelectMany(WithDependencies).Prepend(file);

    private static IEnumerable<string> SymbolsOf(FileDescriptor file)
    {
        var services = file.Services.SelectMany(static service =>
            service.Methods.Select(static method => method.FullName).Prepend(service.FullName));
        var messages = MessagesOf(file.MessageTypes).ToList();
        var members = messages.SelectMany(static message =>
            message.Fields.InDeclarationOrder().Select(static field => field.FullName)
                .Concat(message.Oneofs.Where(static oneof => !oneof.IsSynthetic).Select(static oneof => oneof.FullName))
                .Prepend(message.FullName));
        var enums = file.EnumTypes.Concat(messages.SelectMany(static message => message.EnumTypes))
            .SelectMany(static type => type.Values.Select(value => Sibling(type.FullName, value.Name)).Prepend(type.FullName));
        return services.Concat(members).Concat(enums);
    }

    // As in C++, the values of an enum live beside it and not in it.
    private static string Sibling(string fullName, string name) => fullName[..(fullName.LastIndexOf('.') + 1)] + name;

    private static IEnumerable<MessageDescriptor> MessagesOf(IEnumerable<MessageDescriptor> types) =>
        types.SelectMany(static type => MessagesOf(type.NestedTypes).Prepend(type));
}
