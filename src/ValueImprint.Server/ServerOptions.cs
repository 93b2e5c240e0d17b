using ValueImprint.Server.Configuration;
using ValueImprint.Server.Security;

namespace ValueImprint.Server;

/// <summary>
/// Everything that can be set about a server. Each property is read from the configuration section <c>ValueImprint</c>: a file
/// (<c>{"ValueImprint": {"QueueLength": 4096}}</c>), the environment (<c>VALUEIMPRINT__QUEUELENGTH</c>) or the command line
/// (<c>--queue-length</c>), the later ones first. Sizes are bytes, durations take a unit (<c>30s</c>, <c>10m</c>).
/// </summary>
public sealed partial class ServerOptions
{
    /// <summary>The configuration section that holds the options.</summary>
    public const string SectionName = "ValueImprint";

    /// <summary>Where a server listens that was told nothing else.</summary>
    public const string DefaultListen = "http://127.0.0.1:50151";

    /// <summary>Addresses to listen on; empty: <see cref="DefaultListen"/>, unless <c>Kestrel:Endpoints</c> names others.</summary>
    [ServerOption("Addresses: http://IP:PORT, https://IP:PORT or unix:/PATH; several allowed", DefaultText = DefaultListen)]
    public IReadOnlyList<string> Listen { get; set; } = [];

    /// <summary>A further address that answers health checks alone, without TLS and tokens; <see langword="null"/>: none.</summary>
    [ServerOption("A further http://IP:PORT that answers health checks alone, for probes that know neither TLS nor tokens")]
    public string? HealthListen { get; set; }

    /// <summary>Model packages to host, the default one first; empty: the built-in model.</summary>
    [ServerOption("Folders of model packages, the default one first; several allowed", DefaultText = "the built-in model", Switch = "model")]
    public IReadOnlyList<string> Models { get; set; } = [];

    /// <summary>Largest message received, in bytes, 4,096 to 1 GiB; default 4 MiB.</summary>
    [ServerOption("Largest message received, in bytes", Minimum = 4096, Maximum = 1 << 30)]
    public int MaxMessageBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>Most texts of a Classify call, or of one message of a stream, 1 to 65,536; default 1,024.</summary>
    [ServerOption("Most texts of a Classify call, or of one message of a stream", Minimum = 1, Maximum = 65_536)]
    public int MaxTextsPerCall { get; set; } = 1024;

    /// <summary>Longest text, in bytes of UTF-8, 1 to 16 MiB; default 1 MiB.</summary>
    [ServerOption("Longest text, in bytes of UTF-8", Minimum = 1, Maximum = 1 << 24)]
    public int MaxTextBytes { get; set; } = 1024 * 1024;

    /// <summary>Texts that one stream may have read and not yet answered, 1 to 65,536; default 1,024.</summary>
    [ServerOption("Texts that one stream may have read and not yet answered", Minimum = 1, Maximum = 65_536)]
    public int MaxRowsInFlight { get; set; } = 1024;

    /// <summary>Bytes of text that one stream may have read and not yet answered, 1 to 1 GiB; default 32 MiB. One text always may.</summary>
    [ServerOption("Bytes of text that one stream may have read and not yet answered", Minimum = 1, Maximum = 1 << 30)]
    public int MaxBytesInFlight { get; set; } = 32 * 1024 * 1024;

    /// <summary>Texts that wait for each model, over all calls, 16 to 1,000,000; default 8,192.</summary>
    [ServerOption("Texts that wait for each model, over all calls", Minimum = 16, Maximum = 1_000_000)]
    public int QueueLength { get; set; } = 8192;

    /// <summary>Calls to the classifier under way at once, over all connections, 1 to 100,000; default 512.</summary>
    [ServerOption("Calls to the classifier under way at once, over all connections", Minimum = 1, Maximum = 100_000)]
    public int MaxCalls { get; set; } = 512;

    /// <summary>Calls under way at once on one connection, 1 to 10,000; default 100.</summary>
    [ServerOption("Calls under way at once on one connection", Minimum = 1, Maximum = 10_000)]
    public int MaxConcurrentStreams { get; set; } = 100;

    /// <summary>Connections open at once, 1 to 100,000; default 1,000.</summary>
    [ServerOption("Connections open at once", Minimum = 1, Maximum = 100_000)]
    public int MaxConnections { get; set; } = 1000;

    /// <summary>Time for a unary call whose client set no deadline, 100 ms to 1 day; default 1 minute.</summary>
    [ServerOption("Time for a unary call whose client set no deadline", Minimum = 0.1, Maximum = 86_400)]
    public TimeSpan DefaultDeadline { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>A stream on which nothing moved for this long is cut, 100 ms to 1 day; default 10 minutes.</summary>
    [ServerOption("A stream on which nothing moved for this long is cut", Minimum = 0.1, Maximum = 86_400)]
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long calls under way may go on after SIGTERM, 0 to 1 day; default 30 seconds.</summary>
    [ServerOption("How long calls under way may go on after SIGTERM", Minimum = 0, Maximum = 86_400)]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The server ends itself when no call came for this long, up to 30 days; default 0: never.</summary>
    [ServerOption("The server ends itself when no call came for this long; 0: never", Minimum = 0, Maximum = 30 * 86_400)]
    public TimeSpan IdleTimeout { get; set; }

    /// <summary>File of bearer tokens, one a line; every TCP call then needs one of them. <see langword="null"/>: none needed.</summary>
    [ServerOption("File of bearer tokens, one a line; every TCP call then needs one")]
    public string? TokenFile { get; set; }

    /// <summary>Allows unencrypted TCP beyond the loopback interface; default no.</summary>
    [ServerOption("Allow unencrypted TCP beyond the loopback interface, where anyone on the way can read texts and tokens")]
    public bool AllowPlaintext { get; set; }

    /// <summary>PEM file of authorities; an https client must then show a certificate that one of them issued.</summary>
    [ServerOption("PEM file of authorities; an https client must then show a certificate issued by one of them")]
    public string? ClientAuthorities { get; set; }
}
