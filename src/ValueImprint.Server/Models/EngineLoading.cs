using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Inference;
using ValueImprint.Inference.Models;
using ValueImprint.Server.Configuration;
using ValueImprint.Server.Hosting;

namespace ValueImprint.Server.Models;

/// <summary>Starts an engine for each of the model packages that the options name.</summary>
internal static class EngineLoading
{
    // The first run of a graph allocates and compiles; better now than in somebody's call.
    private const string WarmUpText = "Human: Hello.\n\nAssistant: Hello, how can I help you?";

    public static EngineLoader FromPackages(IServiceProvider services)
    {
        var options = services.GetRequiredService<ServerOptions>();
        var loggers = services.GetRequiredService<ILoggerFactory>();
        var time = services.GetRequiredService<TimeProvider>();
        return cancellation => LoadAsync(options, loggers, time, cancellation);
    }

    private static async IAsyncEnumerable<IModelEngine> LoadAsync(
        ServerOptions options, ILoggerFactory loggers, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var folder in options.Models.DefaultIfEmpty(ModelPackage.DefaultFolder))
        {
            var engine = await StartAsync(folder, options, loggers, time, cancellation);
            try
            {
                await WarmUpAsync(engine, cancellation);
            }
            catch
            {
                await engine.DisposeAsync();
                throw;
            }

            yield return new EngineAdapter(engine);
        }
    }

    private static async Task<InferenceEngine> StartAsync(
        string folder, ServerOptions options, ILoggerFactory loggers, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            var package = ModelPackage.Load(folder, options.Variant);
            return await InferenceEngine.StartAsync(package, options.ToEngineOptions(), loggers, time, cancellation);
        }
        catch (Exception fault) when (fault is ModelPackageException or CudaUnavailableException or IOException or UnauthorizedAccessException)
        {
            throw new ServerStartException(fault.Message, fault);
        }
    }

    private static async Task WarmUpAsync(InferenceEngine engine, CancellationToken cancellation)
    {
        using var lane = engine.OpenLane(LanePriority.Interactive);
        var outcome = await await lane.EnqueueAsync(WarmUpText, default, cancellation);
        if (outcome.Fault is { } fault)
        {
            throw new ServerStartException($"The model '{engine.Model.Name}' can't classify the text that it is tried with: {fault.Message}");
        }
    }
}
