using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace ValueImprint.Server.Services;

/// <summary>The method that routing chose for a request. The path tells nothing for sure: routing doesn't mind the case of its letters.</summary>
internal static class RoutedMethod
{
    /// <summary><see langword="null"/>: none that is served here.</summary>
    public static IMethod? Of(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method;
}
