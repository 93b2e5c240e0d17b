using Grpc.Health.V1;
using Grpc.Reflection;
using Grpc.Reflection.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using ValueImprint.Protocol.V1;
using ValueImprint.Server.Configuration;
using ValueImprint.Server.Hosting;
using ValueImprint.Server.Models;
using ValueImprint.Server.Security;
using ValueImprint.Server.Services;
using ValueImprint.Server.Telemetry;

namespace ValueImprint.Server;

/// <summary>Puts a server together.</summary>
internal static class ServerHost
{
    private static readonly Google.Protobuf.Reflection.ServiceDescriptor[] Reflected = [ValueClassifier.Descriptor, Health.Descriptor, ServerReflection.Descriptor];

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

    public static WebApplication Build(
        ServerOptions options, IConfiguration? configuration, Func<IServiceProvider, EngineLoader> engines, TimeProvider time)
    {
        configuration ??= new ConfigurationBuilder().AddEnvironmentVariables().Build();
        ServerConfiguration.Check(options, configuration);

        // Empty and not slim: the slim builder reads appsettings.json of the current directory, which may be another project's.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddConfiguration(configuration);
        AddLogging(builder.Logging, configuration);
        KestrelSetup.Apply(builder.WebHost, options, configuration);
        AddServices(builder.Services, options, engines, time);

        var app = builder.Build();
        if (options.AcceptTokens is not null)
        {
            // Made now, so that a faulty file is refused at the start and not at the first call.
            app.Services.GetRequiredService<TokenFile>();
        }

        // Routing first: what counts and what guards a call has to see the same method in it as what answers it.
        app.UseRouting();
        app.UseMiddleware<CallAccounting>();
        app.UseMiddleware<CallAccess>();
        app.MapGrpcService(static services => BoundedBinder.Bind(
            ActivatorUtilities.CreateInstance<ClassifierService>(services), services.GetRequiredService<ServerOptions>()));
        app.MapGrpcService<HealthService>();
        app.MapGrpcReflectionService();
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
        logging.AddFilter("Microsoft", LogLevel.Warning);

        // What fails in a call is logged by CallBoundary and CallAccounting, bounded; gRPC would log it again, with a stack trace each time.
        logging.AddFilter("Grpc", LogLevel.None);

        // A start that fails ends with its reason from ServerProgram; the host's own word for it is a page of stack trace.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None)
            .AddFilter("Microsoft.AspNetCore.Server.Kestrel", static level => level == LogLevel.Warning || level == LogLevel.Error);
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
        services.AddSingleton(new CallGate(options.MaxCalls, options.CallsPerClient, options.YieldTimeout, time));
        services.AddSingleton(provider => new ModelRegistry(engines(provider)));
        if (options.AcceptTokens is { } tokens)
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
        services.AddGrpcReflection();
        services.AddSingleton(new ReflectionServiceImpl(Reflected));
        services.AddSingleton(new ReflectionV1ServiceImpl(Reflected));

        // Started in this order and stopped in the reverse one: telemetry last, so that it sees the drain.
        services.RemoveAll<IHostLifetime>().AddSingleton<IHostLifetime, SilentLifetime>();
        services.AddHostedService<TelemetryExport>();
        services.AddHostedService<SocketClaims>();
        services.AddHostedService<DrainOnStop>();
        services.AddHostedService<ModelStartup>();
        services.AddHostedService<IdleWatch>();

        // The margin is for what no client has a say in: the model's last batch, and the last export of telemetry.
        services.Configure<HostOptions>(host => host.ShutdownTimeout = options.DrainTimeout + TimeSpan.FromSeconds(20));
    }

    // Signals belong to the process, and a server may be a part of another one.
    private sealed class SilentLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
