using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ValueImprint.Client;

/// <summary>Which servers to use, and how. Nothing is taken from the process's environment or current folder.</summary>
public sealed record ClientOptions
{
    /// <summary>The servers to spread calls over; at least one, unless the client is of a local server.</summary>
    public IReadOnlyList<ServerAddress> Servers { get; init; } = [];

    /// <summary>Bearer token, or null (default) for none. At most one of this and <see cref="TokenFile"/>.</summary>
    public string? Token { get; init; }

    /// <summary>Absolute path of a file that holds the bearer token, read anew for each call, so that it may be rotated.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Send a token without encryption to another machine; default no.</summary>
    public bool AllowPlaintextToken { get; init; }

    /// <summary>Absolute path of a PEM file of authorities to trust instead of the system's, or null (default).</summary>
    public string? AuthorityFile { get; init; }

    /// <summary>Absolute path of a PEM file with the certificate to show to the server, or null (default).</summary>
    public string? ClientCertificateFile { get; init; }

    /// <summary>Absolute path of the PEM file with its key; null: the key is in <see cref="ClientCertificateFile"/> too.</summary>
    public string? ClientKeyFile { get; init; }

    /// <summary>How long to go on trying servers that don't answer, 100 ms to 1 hour; default 10 seconds.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Deadline of a unary call, repetitions included, 100 ms to 1 day; default 1 minute.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A stream that owes answers and gives none for this long counts as broken, 100 ms to 1 day; default 2 minutes.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>First pause before a repetition; each further one is twice as long. Default 100 ms.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Longest pause before a repetition; default 2 seconds.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How often a text may be under way on a stream that breaks before the audit gives up, 1 to 100; null (default): 2 on the local
    /// server (it is restarted once), 5 on remote ones.
    /// </summary>
    public int? MaxBreaksPerText { get; init; }

    /// <summary>Told of each broken stream, from any thread; the work then goes on by itself.</summary>
    public Action<StreamInterruption>? OnInterruption { get; init; }

    /// <summary>Where log messages go; default nowhere.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>The clock of all time limits; default the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal void Validate()
    {
        CheckRange(ConnectTimeout, TimeSpan.FromHours(1), nameof(ConnectTimeout));
        CheckRange(CallTimeout, TimeSpan.FromDays(1), nameof(CallTimeout));
        CheckRange(StallTimeout, TimeSpan.FromDays(1), nameof(StallTimeout));
        var problem =
            Token is not null && TokenFile is not null ? "Both a token and a token file are given; give one."
            : FirstPause <= TimeSpan.Zero || LongestPause < FirstPause ? "FirstPause must be above 0 and LongestPause not below it."
            : MaxBreaksPerText is < 1 or > 100 ? $"MaxBreaksPerText is {MaxBreaksPerText}; expected 1 to 100."
            : null;
        if (problem is not null)
        {
            throw new ClientException(ClientFault.InvalidOption, problem);
        }
    }

    private static void CheckRange(TimeSpan value, TimeSpan most, string name)
    {
        var least = TimeSpan.FromMilliseconds(100);
        if (value < least || value > most)
        {
            throw new ClientException(ClientFault.InvalidOption, $"{name} is {Seconds.Of(value)}; expected {Seconds.Of(least)} to {Seconds.Of(most)}.");
        }
    }
}

/// <summary>A stream of texts broke; the texts that it still owed an answer are sent again.</summary>
/// <param name="Server">The server, in the form of its address.</param>
/// <param name="Unanswered">How many texts are sent again.</param>
/// <param name="Reason">What was seen of the break, without dataset text.</param>
public sealed record StreamInterruption(string Server, int Unanswered, string Reason);

/// <summary>Durations in messages.</summary>
internal static class Seconds
{
    /// <summary>Such as <c>0.5 s</c>.</summary>
    public static string Of(TimeSpan duration) => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.###} s");
}
