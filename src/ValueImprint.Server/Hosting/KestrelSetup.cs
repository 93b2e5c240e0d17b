using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ValueImprint.Server.Configuration;
using ValueImprint.Server.Security;

namespace ValueImprint.Server.Hosting;

/// <summary>Listeners, transport limits and TLS. Certificates come from Kestrel's own configuration section.</summary>
internal static class KestrelSetup
{
    public static void Apply(IWebHostBuilder web, ServerOptions options, IConfiguration configuration)
    {
        web.UseKestrelCore().UseKestrelHttpsConfiguration();
        web.Configure<SocketTransportOptions>(static sockets =>
        {
            // Frames are read where the socket's data arrives, without another thread in between. HTTP/2 hands every call to the thread
            // pool in any case, so no service ever runs there.
            sockets.UnsafePreferInlineScheduling = true;
            sockets.CreateBoundListenSocket = static endPoint => endPoint is UnixDomainSocketEndPoint path
                ? UnixSocketClaim.Bind(path)
                : SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);
        });
        web.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            Limit(kestrel.Limits, options);
            var time = kestrel.ApplicationServices.GetRequiredService<TimeProvider>();
            var gate = kestrel.ApplicationServices.GetRequiredService<CallGate>();
            kestrel.ConfigureEndpointDefaults(listen =>
            {
                listen.Protocols = HttpProtocols.Http2;

                // Before TLS, so that a handshake that never ends is bounded too. One for each listener: none fills up another.
                listen.Use(new ConnectionGuard(options, time, gate.Disconnect).Guard);
            });
            ClientCertificates.Apply(kestrel, options.ClientAuthorities);
            kestrel.Configure(configuration.GetSection("Kestrel"), reloadOnChange: true);
            foreach (var address in ListenPlan.Addresses(options, configuration))
            {
                Listen(kestrel, address, address.IsUnixSocket ? ListenerRole.OwnerSocket : ListenerRole.Network);
            }

            if (ListenPlan.HealthAddress(options) is { } health)
            {
                Listen(kestrel, health, ListenerRole.HealthOnly);
            }
        });
    }

    private static void Limit(KestrelServerLimits limits, ServerOptions options)
    {
        // ConnectionGuard bounds the connections: Kestrel's own limit would let those in first that come first.
        limits.MaxConcurrentConnections = null;
        limits.Http2.MaxStreamsPerConnection = options.MaxConcurrentStreams;

        // A dead peer is noticed within a minute; a live one that is slow is MessageTimeout's and StallTimeout's matter, call by call. The
        // data rates would end a connection with all its calls, also those that a proxy carries for others.
        limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);
        limits.MinRequestBodyDataRate = null;
        limits.MinResponseDataRate = null;

        // gRPC's own limit, MaxMessageBytes, holds for every message.
        limits.MaxRequestBodySize = null;
    }

    private static void Listen(KestrelServerOptions kestrel, ListenAddress address, ListenerRole role)
    {
        if (address.SocketPath is { } path)
        {
            kestrel.ListenUnixSocket(path, Configure);
        }
        else if (address.Ip is null)
        {
            kestrel.ListenLocalhost(address.Port, Configure);
        }
        else if (address.Ip.Equals(IPAddress.IPv6Any))
        {
            kestrel.ListenAnyIP(address.Port, Configure);
        }
        else
        {
            kestrel.Listen(address.Ip, address.Port, Configure);
        }

        void Configure(ListenOptions listen)
        {
            var feature = new ListenerFeature(role);
            listen.Use(next => connection =>
            {
                connection.Features.Set(feature);
                return next(connection);
            });
            if (address.IsHttps)
            {
                listen.UseHttps();
            }
        }
    }

    private static void Configure<TOptions>(this IWebHostBuilder web, Action<TOptions> configure)
        where TOptions : class =>
        web.ConfigureServices(services => services.Configure(configure));
}

/// <summary>What a connection may do, by the listener that accepted it.</summary>
internal enum ListenerRole
{
    /// <summary>Any network: everything, with a token where tokens are set.</summary>
    Network,

    /// <summary>A Unix socket of mode 0600: the file system has told who calls, no token is needed.</summary>
    OwnerSocket,

    /// <summary>Health checks alone.</summary>
    HealthOnly,
}

/// <summary>Travels from the listener to its calls. A connection without one counts as <see cref="ListenerRole.Network"/>.</summary>
internal sealed record ListenerFeature(ListenerRole Role);
