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

    public static bool Is(HttpResponse response) =>
        !response.HasStarted && response.Headers[TrailersOnly.MessageHeader].ToString().StartsWith(GrpcWords, StringComparison.Ordinal);

    public static Status Describe(int limit) => new(StatusCode.ResourceExhausted, string.Create(
        CultureInfo.InvariantCulture,
        $"A message is larger than {limit:#,0} bytes (MaxMessageBytes); send fewer texts in a message, or let the server take larger ones."));
}
