using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using ValueImprint.Inference;

namespace ValueImprint.Server.Configuration;

/// <content>How the models run. None of these changes a result.</content>
internal sealed partial class ServerOptions
{
    [Description("What the models run on: auto, cpu, or cuda (then the start fails where it can't be loaded)")]
    public ExecutionDevice Device { get; set; } = ExecutionDevice.Auto;

    [Description("Graph of the packages to run, such as fp32, fp16, int8")]
    [DefaultValue("each package's own")]
    public string? Variant { get; set; }

    [Description("Threads that each model runs on, on the CPU")]
    [DefaultValue("one a core")]
    [Range(1, 1024)]
    public int? Threads { get; set; }

    [Description("Most texts of a batch")]
    [Range(1, 4096)]
    public int MaxBatchTexts { get; set; } = 128;

    [Description("Most tokens of a batch, padding included")]
    [DefaultValue("measured at the start")]
    [Range(8, 1 << 22)]
    public int? BatchTokens { get; set; }

    [Description("A text that waits longer for its batch is answered as expired")]
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan MaxQueueTime { get; set; } = TimeSpan.FromHours(1);

    [Description("Folder of ONNX Runtime's CUDA provider")]
    [DefaultValue("beside ONNX Runtime's own library")]
    public string? CudaProviderFolder { get; set; }

    [Description("Folders of CUDA 13 and cuDNN 9; several allowed")]
    [DefaultValue("the system's own")]
    [ConfigurationKeyName("CudaLibraryFolder")]
    public IReadOnlyList<string> CudaLibraryFolders { get; set; } = [];

    [Description("Which GPU")]
    [Range(0, 63)]
    public int CudaDevice { get; set; }

    [Description("Most GPU memory, in bytes")]
    [DefaultValue("no limit")]
    [Range(typeof(long), "67108864", "1099511627776")]
    public long? CudaMemoryLimit { get; set; }

    [Description("Folder for optimised graphs, so that a later start is quicker")]
    public string? GraphCacheFolder { get; set; }

    /// <summary>The engine's own options, made from these.</summary>
    internal EngineOptions ToEngineOptions() => new()
    {
        Device = Device,
        QueueLength = QueueLength,

        // A lane serves one call, so its share of the queue follows from that call's own limits.
        LaneLength = Math.Max(MaxRowsInFlight, MaxTextsPerCall),
        // Twice the calls: one that has to give way holds its lane until it has unwound.
        MaxLanes = Math.Min(2 * MaxCalls, 100_000),
        MaxTextBytes = MaxTextBytes,
        MaxQueueTime = MaxQueueTime,
        MaxBatchTexts = MaxBatchTexts,
        BatchTokens = BatchTokens,
        IntraOpThreads = Threads,
        CudaProviderFolder = CudaProviderFolder,
        CudaLibraryFolders = CudaLibraryFolders,
        CudaDeviceIndex = CudaDevice,
        CudaMemoryLimit = CudaMemoryLimit,
        GraphCacheFolder = GraphCacheFolder,
    };
}
