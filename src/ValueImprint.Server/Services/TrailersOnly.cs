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
    /// <param name="retryAfter">Milliseconds after which to come back; <see langword="null"/>: no advice.</param>
    public static Task WriteAsync(HttpResponse response, StatusCode status, string message, string? retryAfter = null)
    {
        if (retryAfter is not null)
        {
            response.Headers[RetryAdvice.Trailer] = retryAfter;
        }

        response.ContentType = "application/grpc";
        response.Headers[StatusHeader] = ((int)status).ToString(CultureInfo.InvariantCulture);
        response.Headers[MessageHeader] = Encode(message);
        return response.CompleteAsync();
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
