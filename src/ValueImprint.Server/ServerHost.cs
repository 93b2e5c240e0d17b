using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using ValueImprint.Server.Configuration;
using ValueImprint.Server.Hosting;
using ValueImprint.Server.Models;
using ValueImprint.Server.Security;
using ValueImprint.Server.Services;
using ValueImprint.Server.Telemetry;

namespace ValueImprint.Server;

/// <summary>Puts a server together.</summary>
public static class ServerHost
{
    /// <summary>
    /// A server ready to be started. Stopping it drains it: health says NOT_SERVING, new calls are refused, those under way get
    /// <see cref="ServerOptions.DrainTimeout"/>. It handles no signals; <see cref="ServerProgram"/> does.
    /// </summary>
    /// <param name="options">What to serve, where, and within which limits.</param>
    /// <param name="configuration">
    /// The sections <c>Kestrel</c> (endpoints, certificates) and <c>Logging</c>, and the <c>OTEL_…</c> variables; <see langword="null"/>: the
    /// environment's.
    /// </param>
    /// <exception cref="ServerOptionsException">An option is out of range, or the options contradict each other.</exception>
    public static WebApplication Build(ServerOptions options, IConfiguration? configuration = null) =>
        Build(options, configuration, EngineLoading.FromPackages, TimeProvider.System);

    internal static WebApplication Build(
        ServerOptions options, IConfiguration? configuration, Func<IServiceProvider, EngineLoader> engines, TimeProvider time)
    {
        configuration ??= new ConfigurationBuilder().AddEnvironmentVariables().Build();
        ServerOptionsCheck.Run(options, configuration);

        // Empty and not slim: the slim builder reads appsettings.json of the current directory, which may be another project's.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddConfiguration(configuration);
        AddLogging(builder.Logging, configuration);
        KestrelSetup.Apply(builder.WebHost, options, configuration);
        AddServices(builder.Services, options, engines, time);

        var app = builder.Build();
        if (options.TokenFile is not null)
        {
            // Made now, so that a faulty file is refused at the start and not at the first call.
            app.Services.GetRequiredService<TokenFile>();
        }

        app.UseMiddleware<CallAccounting>();
        app.UseMiddleware<CallAccess>();
        app.UseRouting();
        app.MapGrpcService<ClassifierService>();
        app.MapGrpcService<HealthService>();
        app.MapGrpcService<ReflectionService>();
        return app;
    }

    private static void AddLogging(ILoggingBuilder logging, IConfiguration configuration)
    {
        // stdout is for results; everything said goes to stderr.
        logging.AddSimpleConsole(static console =>
        {
            console.SingleLine = true;
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(static console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Grpc", LogLevel.Warning);
        logging.AddConfiguration(configuration.GetSection("Logging"));
    }

    private static void AddServices(
        IServiceCollection services, ServerOptions options, Func<IServiceProvider, EngineLoader> engines, TimeProvider time)
    {
        services.AddSingleton(options);
        services.AddSingleton(time);
        services.AddSingleton<ServerMetrics>();
        services.AddSingleton<ServerFault>();
        services.AddSingleton<RetryAdvice>();
        services.AddSingleton(new CallGate(options.MaxCalls, time));
        services.AddSingleton(provider => new ModelRegistry(engines(provider)));
        if (options.TokenFile is { } tokens)
        {
            services.AddSingleton(provider => new TokenFile(tokens, time, provider.GetRequiredService<ILogger<TokenFile>>()));
        }

        services.AddMetrics();
        services.AddRouting();
        services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = options.MaxMessageBytes;
            grpc.Interceptors.Add<CallBoundary>();
        });

        // Started in this order and stopped in the reverse one: telemetry last, so that it sees the drain.
        services.RemoveAll<IHostLifetime>().AddSingleton<IHostLifetime, SilentLifetime>();
        services.AddHostedService<TelemetryExport>();
        services.AddHostedService<SocketClaims>();
        services.AddHostedService<DrainOnStop>();
        services.AddHostedService<ModelStartup>();
        services.AddHostedService<IdleWatch>();
        var closing = (2 * DrainOnStop.Unwind) + TimeSpan.FromSeconds(10);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = options.DrainTimeout + closing);
    }

    // Signals belong to the process, and a server may be a part of another one.
    private sealed class SilentLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
