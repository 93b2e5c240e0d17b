using System.Globalization;
using System.Text;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace ValueImprint.Server.Services;

/// <summary>A gRPC response that is a status and nothing else (gRPC over HTTP/2, "Trailers-Only").</summary>
internal static class TrailersOnly
{
    public const string StatusHeader = "grpc-status";

    public const string MessageHeader = "grpc-message";

    /// <summary>Ends a call.</summary>
    /// <param name="response">The call's response, of which nothing has been sent.</param>
    /// <param name="status">Why.</param>
    /// <param name="message">For a person.</param>
    public static Task WriteAsync(HttpResponse response, StatusCode status, string message)
    {
        response.ContentType = "application/grpc";
        response.Headers[StatusHeader] = ((int)status).ToString(CultureInfo.InvariantCulture);
        response.Headers[MessageHeader] = Encode(message);
        return response.CompleteAsync();
    }

    /// <summary>Whether nothing was sent of a response whose status is gRPC's answer to a fault that nobody translated.</summary>
    public static bool IsUnknown(HttpResponse response) => !response.HasStarted && response.Headers[StatusHeader] == "2";

    /// <summary>Gives a response of which nothing has been sent another status.</summary>
    public static void Reword(HttpResponse response, Status status)
    {
        if (!response.HasStarted && response.Headers.ContainsKey(StatusHeader))
        {
            response.Headers[StatusHeader] = ((int)status.StatusCode).ToString(CultureInfo.InvariantCulture);
            response.Headers[MessageHeader] = Encode(status.Detail);
        }
    }

    /// <summary>The specification's percent encoding: of bytes of UTF-8 outside of 0x20 to 0x7E, and of the percent sign.</summary>
    public static string Encode(string message)
    {
        var encoded = new StringBuilder(message.Length);
        foreach (var value in Encoding.UTF8.GetBytes(message))
        {
            if (value is >= 0x20 and <= 0x7E and not (byte)'%')
            {
                encoded.Append((char)value);
            }
            else
            {
                encoded.Append(CultureInfo.InvariantCulture, $"%{value:X2}");
            }
        }

        return encoded.ToString();
    }
}

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
