using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;
using ValueImprint.Inference.Models;

namespace ValueImprint.Inference.Execution;

/// <summary>Opens a package's graph on the device that the options ask for.</summary>
internal static class SessionFactory
{
    public const string CpuProvider = "CPUExecutionProvider";
    public const string CudaProvider = "CUDAExecutionProvider";

    // Each session has weights of its own. The operators of a larger model keep several threads busy anyway.
    private const long MaxBytesTwice = 200L << 20;

    // More of them would want more batches at hand than a round gives.
    private const int MaxRuns = 8;

    /// <exception cref="CudaUnavailableException">CUDA was demanded and can't be loaded.</exception>
    /// <exception cref="ModelPackageException">The runtime can't load the graph.</exception>
    public static ModelSessions Open(ModelPackage package, EngineOptions options, ILogger logger)
    {
        RuntimeTelemetry.TurnOff();
        var cache = options.GraphCacheFolder is { } folder ? new GraphCache(folder) : null;
        if (options.Device != ExecutionDevice.Cpu)
        {
            var cuda = BaseOptions(options, options.IntraOpThreads);
            try
            {
                CudaPlugin.AppendTo(cuda, options);
                var session = new ModelSession(package, cuda, CudaProvider, cache);
                return new ModelSessions(session, session, runs: 1);
            }
            catch (CudaUnavailableException exception) when (options.Device == ExecutionDevice.Auto)
            {
                cuda.Dispose();
                if (IsCudaExpected(options))
                {
                    Log.FellBackToCpu(logger, exception.Message);
                }
            }
        }

        return OpenOnCpu(package, options, cache);
    }

    // A machine without a GPU has nothing to be told about.
    private static bool IsCudaExpected(EngineOptions options) => options.CudaProviderFolder is not null || options.CudaLibraryFolders.Count > 0
        || (OperatingSystem.IsWindows() ? File.Exists(Path.Combine(Environment.SystemDirectory, "nvcuda.dll")) : File.Exists("/dev/nvidiactl") || File.Exists("/dev/dxg"));

    private static ModelSessions OpenOnCpu(ModelPackage package, EngineOptions options, GraphCache? cache)
    {
        var alone = new ModelSession(package, CpuOptions(options, options.IntraOpThreads), CpuProvider, cache);
        var threads = options.IntraOpThreads ?? Environment.ProcessorCount;
        if (threads == 1 || package.GraphBytes > MaxBytesTwice)
        {
            return new ModelSessions(alone, alone, runs: 1);
        }

        try
        {
            var runs = Math.Min(threads, MaxRuns);
            return new ModelSessions(alone, new ModelSession(package, CpuOptions(options, threads / runs), CpuProvider, cache), runs);
        }
        catch
        {
            alone.Dispose();
            throw;
        }
    }

    // Since 1.30 the CPU's fused kernel of a sum and its norm takes four times as long as the two by themselves.
    private static SessionOptions CpuOptions(EngineOptions options, int? threads)
    {
        var session = BaseOptions(options, threads);
        session.AddSessionConfigEntry("optimization.disable_specified_optimizers", "SkipLayerNormFusion");
        return session;
    }

    private static SessionOptions BaseOptions(EngineOptions options, int? threads)
    {
        var session = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            InterOpNumThreads = 1,

            // 0 lets the runtime count the physical cores.
            IntraOpNumThreads = threads ?? 0,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        session.AddSessionConfigEntry("session.intra_op.allow_spinning", options.SpinThreads ? "1" : "0");
        return session;
    }
}
