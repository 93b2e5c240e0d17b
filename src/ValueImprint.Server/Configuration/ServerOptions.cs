using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using ValueImprint.Core;

namespace ValueImprint.Server.Configuration;

/// <summary>
/// Everything that can be set about a server. Each property is an option under three names: in the section
/// <c>ValueImprint</c> of a file (<c>{"ValueImprint": {"QueueLength": 4096}}</c>), in the environment
/// (<c>VALUEIMPRINT_SERVE_QUEUE_LENGTH</c>) and on the command line (<c>--queue-length</c>), the later ones first; see
/// <see cref="Configuration.ServerOption"/>. Null and an empty list mean "not set".
/// </summary>
internal sealed partial class ServerOptions
{
    /// <summary>Where a server listens that was told nothing else.</summary>
    public const string DefaultListen = "http://127.0.0.1:50151";

    [Description("Addresses: http://IP:PORT, https://IP:PORT or unix:/PATH; several allowed")]
    [DefaultValue(DefaultListen)]
    public IReadOnlyList<string> Listen { get; set; } = [];

    [Description("A further http://IP:PORT that answers health checks alone, for probes that know neither TLS nor tokens")]
    public string? HealthListen { get; set; }

    [Description("Built-in models (base, small) or folders of packages, the default one first; several allowed")]
    [DefaultValue(BuiltInModels.Default)]
    [ConfigurationKeyName("Model")]
    public IReadOnlyList<string> Models { get; set; } = [];

    [Description("Largest message received, in bytes")]
    [Range(4096, 1 << 30)]
    public int MaxMessageBytes { get; set; } = 4 * 1024 * 1024;

    [Description("Most texts of a Classify call, or of one message of a stream")]
    [Range(1, 65_536)]
    public int MaxTextsPerCall { get; set; } = 1024;

    [Description("Longest text, in bytes of UTF-8")]
    [Range(1, 1 << 24)]
    public int MaxTextBytes { get; set; } = 1024 * 1024;

    [Description("Texts that one stream may have read and not yet answered")]
    [Range(1, 65_536)]
    public int MaxRowsInFlight { get; set; } = 1024;

    [Description("Bytes of text that one stream may have read and not yet answered")]
    [Range(1, 1 << 30)]
    public int MaxBytesInFlight { get; set; } = 32 * 1024 * 1024;

    [Description("Texts that wait for each model, over all calls")]
    [Range(16, 1_000_000)]
    public int QueueLength { get; set; } = 8192;

    [Description("Calls to the classifier under way at once, over all connections")]
    [Range(1, 100_000)]
    public int MaxCalls { get; set; } = 512;

    [Description("Of these, calls of one token, client certificate or address; this machine's own addresses are not bounded so")]
    [DefaultValue("half of MaxCalls")]
    [Range(1, 100_000)]
    public int? MaxCallsPerClient { get; set; }

    [Description("When MaxCalls are under way, a stream on which nothing moved for this long makes room for a new call")]
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan YieldTimeout { get; set; } = TimeSpan.FromSeconds(30);

    [Description("Calls under way at once on one connection")]
    [Range(1, 10_000)]
    public int MaxConcurrentStreams { get; set; } = 100;

    [Description("Connections open at once")]
    [Range(1, 100_000)]
    public int MaxConnections { get; set; } = 1000;

    [Description("Of these, connections of one address; this machine's own addresses are not bounded so")]
    [DefaultValue("half of MaxConnections")]
    [Range(1, 100_000)]
    public int? MaxConnectionsPerClient { get; set; }

    [Description("A connection that has made no call yet is closed after this long")]
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan FirstCallTimeout { get; set; } = TimeSpan.FromSeconds(10);

    [Description("Time for the message of a unary call, or the first one of a stream, to arrive whole")]
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan MessageTimeout { get; set; } = TimeSpan.FromSeconds(30);

    [Description("Time for a unary call whose client set no deadline")]
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan DefaultDeadline { get; set; } = TimeSpan.FromMinutes(1);

    [Description("A stream on which nothing moved for this long is cut")]
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromMinutes(10);

    [Description("How long calls under way may go on after SIGTERM")]
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(30);

    [Description("The server ends itself when no call came for this long; 0: never")]
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan IdleTimeout { get; set; }

    [Description("File of the bearer tokens to accept, one a line; every TCP call then needs one")]
    public string? AcceptTokens { get; set; }

    [Description("Allow unencrypted TCP beyond the loopback interface, where anyone on the way can read texts and tokens")]
    public bool AllowPlaintext { get; set; }

    [Description("PEM file of authorities; an https client must then show a certificate issued by one of them")]
    public string? ClientAuthorities { get; set; }

    internal int CallsPerClient => MaxCallsPerClient ?? Math.Max(1, MaxCalls / 2);
}
