using Grpc.Core;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Server.Models;

namespace ValueImprint.Server.Services;

/// <summary>Every way in which the server turns a call down, with the words that go with it.</summary>
internal static class Refusal
{
    public const string Starting = "The server is still loading its models; retry in a moment, or wait for grpc.health.v1.Health to say SERVING.";

    public const string CutOff = "The server shut down before this call had ended; send what was not answered again.";

    public static readonly Status Unreadable = new(StatusCode.InvalidArgument, "The call's message is malformed, or broke off.");

    public static RpcException TooManyCalls(int most, RetryAdvice advice) =>
        Exhausted($"The server has {most} calls under way, its limit (MaxCalls); retry later.", advice);

    public static RpcException TooManyCallsOfClient(int most, RetryAdvice advice) =>
        Exhausted($"This client has {most} calls under way, its limit (MaxCallsPerClient); retry when one has ended.", advice);

    public static RpcException Malformed(string message) => Invalid($"The message is no {message} of Protocol Buffers; compare the .proto files of client and server.");

    /// <summary>The model that a call asks for by this name.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT, with the names there are.</exception>
    public static HostedModel FindOrRefuse(this ModelRegistry models, string name) => models.Find(name) ?? throw Invalid(
        $"There is no model '{Shorten(name)}' here.{NearestWord.Hint(name, models.Names)} Hosted: {string.Join(", ", models.Names)}. "
        + $"Leave the name empty for the default one, {models.Names.First()}.");

    public static RpcException NoTexts() => Invalid("The call has no texts; send 1 or more.");

    public static RpcException TooManyTexts(int count, int most) =>
        Invalid($"{count} texts in one message; this server takes at most {most} (MaxTextsPerCall). Send several messages of a stream.");

    public static RpcException TooManyFields(int count, int most) =>
        Invalid($"{count} fields in one message; this server takes at most {most} (it follows MaxTextsPerCall). Send several messages of a stream.");

    public static RpcException NegativeTopK(int topK) => Invalid($"top_k is {topK}; expected 0 (all scores) or more.");

    public static RpcException AbstainBelowOutOfRange(float value) =>
        Invalid(FormattableString.Invariant($"abstain_below is {value}; expected a number from 0 to 1."));

    public static RpcException LateOptions() =>
        Invalid("options are set in a later message of the stream; they belong to the first one alone.");

    public static RpcException QueueFull(int queued, int wanted, RetryAdvice advice) => Exhausted(
        $"No room for the {wanted} texts of this call: {queued} are waiting for the model already (the limit is QueueLength). "
        + "Retry later, with fewer texts, or as a stream, which waits.",
        advice);

    private static RpcException Exhausted(string message, RetryAdvice advice) =>
        new(new Status(StatusCode.ResourceExhausted, message), new Metadata { { RetryAdvice.Trailer, advice.Milliseconds() } });

    public static RpcException Invalid(string message) => new(new Status(StatusCode.InvalidArgument, message));

    /// <summary>A caller's own word, fit for a message: short and on one line.</summary>
    public static string Shorten(string word) =>
        string.Concat(word.Take(100).Select(static letter => char.IsControl(letter) ? '?' : letter)) + (word.Length > 100 ? "…" : "");
}
