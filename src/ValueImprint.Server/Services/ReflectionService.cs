using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;

namespace ValueImprint.Server.Services;

/// <summary>The standard reflection protocol, so that tools such as grpcurl need no proto files.</summary>
internal sealed class ReflectionService : ServerReflection.ServerReflectionBase
{
    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream,
        IServerStreamWriter<ServerReflectionResponse> responseStream,
        ServerCallContext context)
    {
        var end = CallEnd.Of(context);
        while (await requestStream.MoveNext(end.Token))
        {
            end.Moved();
            var response = Answer(requestStream.Current);
            response.ValidHost = requestStream.Current.Host;
            response.OriginalRequest = requestStream.Current;
            await responseStream.WriteAsync(response, end.Token);
        }
    }

    private static ServerReflectionResponse Answer(ServerReflectionRequest request) => request.MessageRequestCase switch
    {
        ServerReflectionRequest.MessageRequestOneofCase.ListServices => ListServices(),
        ServerReflectionRequest.MessageRequestOneofCase.FileByFilename =>
            File(DescriptorCatalogue.FindFile(request.FileByFilename), "file", request.FileByFilename),
        ServerReflectionRequest.MessageRequestOneofCase.FileContainingSymbol =>
            File(DescriptorCatalogue.FindSymbol(request.FileContainingSymbol), "symbol", request.FileContainingSymbol),
        ServerReflectionRequest.MessageRequestOneofCase.AllExtensionNumbersOfType => Extensions(request.AllExtensionNumbersOfType),

        // The protos are proto3 without extensions.
        ServerReflectionRequest.MessageRequestOneofCase.FileContainingExtension =>
            NotFound($"extension {request.FileContainingExtension.ExtensionNumber} of", request.FileContainingExtension.ContainingType),
        _ => Error(StatusCode.InvalidArgument, "The request asks for nothing; set one of its message_request fields."),
    };

    private static ServerReflectionResponse ListServices()
    {
        var list = new ListServiceResponse();
        list.Service.AddRange(DescriptorCatalogue.Services.Select(static name => new ServiceResponse { Name = name }));
        return new ServerReflectionResponse { ListServicesResponse = list };
    }

    private static ServerReflectionResponse File(FileDescriptor? file, string kind, string name) => file is null
        ? NotFound(kind, name)
        : new ServerReflectionResponse
        {
            FileDescriptorResponse = new FileDescriptorResponse { FileDescriptorProto = { DescriptorCatalogue.Serialize(file) } },
        };

    private static ServerReflectionResponse Extensions(string type) => DescriptorCatalogue.IsMessage(type)
        ? new ServerReflectionResponse { AllExtensionNumbersResponse = new ExtensionNumberResponse { BaseTypeName = type } }
        : NotFound("message", type);

    private static ServerReflectionResponse NotFound(string kind, string name) =>
        Error(StatusCode.NotFound, $"There is no {kind} '{Refusal.Shorten(name)}' here; list_services names the services.");

    private static ServerReflectionResponse Error(StatusCode code, string message) =>
        new() { ErrorResponse = new ErrorResponse { ErrorCode = (int)code, ErrorMessage = message } };
}
