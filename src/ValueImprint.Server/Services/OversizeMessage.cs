using System.Globalization;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace ValueImprint.Server.Services;

/// <summary>Says which limit a message broke: gRPC's own words for it name none.</summary>
internal static class OversizeMessage
{
    private const string GrpcWords = "Received message exceeds";

    public static bool Is(Status status) =>
        status.StatusCode == StatusCode.ResourceExhausted && status.Detail.StartsWith(GrpcWords, StringComparison.Ordinal);

    public static Status Describe(int limit) => new(StatusCode.ResourceExhausted, string.Create(
        CultureInfo.InvariantCulture,
        $"A message is larger than {limit:#,0} bytes (MaxMessageBytes); send fewer texts in a message, or let the server take larger ones."));

    /// <summary>A unary call's message is read before any interceptor, so its status can only be reworded on the way out.</summary>
    public static void Reword(HttpResponse response, int limit)
    {
        if (!response.HasStarted && response.Headers[TrailersOnly.MessageHeader].ToString().StartsWith(GrpcWords, StringComparison.Ordinal))
        {
            response.Headers[TrailersOnly.MessageHeader] = TrailersOnly.Encode(Describe(limit).Detail);
        }
    }
}
