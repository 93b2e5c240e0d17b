using ValueImprint.Inference;
using ValueImprint.Server.Configuration;

namespace ValueImprint.Server;

/// <content>How the models run. None of these changes a result.</content>
public sealed partial class ServerOptions
{
    /// <summary>What the models run on; default <see cref="ExecutionDevice.Auto"/>: the GPU where there is one, else the CPU.</summary>
    [ServerOption("What the models run on: auto, cpu, or cuda (then the start fails where it can't be loaded)")]
    public ExecutionDevice Device { get; set; } = ExecutionDevice.Auto;

    /// <summary>Graph of the packages to run, such as <c>int8</c>; <see langword="null"/>: each package's own default.</summary>
    [ServerOption("Graph of the packages to run, such as fp32, fp16, int8", DefaultText = "each package's own")]
    public string? Variant { get; set; }

    /// <summary>Threads that the models run on, 1 to 1,024; <see langword="null"/>: one a core.</summary>
    [ServerOption("Threads that each model runs on, on the CPU", Minimum = 1, Maximum = 1024, DefaultText = "one a core")]
    public int? Threads { get; set; }

    /// <summary>Most texts of a batch, 1 to 4,096; default 128.</summary>
    [ServerOption("Most texts of a batch", Minimum = 1, Maximum = 4096)]
    public int MaxBatchTexts { get; set; } = 128;

    /// <summary>Most tokens of a batch, 8 to 4,194,304; <see langword="null"/>: measured at the start.</summary>
    [ServerOption("Most tokens of a batch, padding included", Minimum = 8, Maximum = 1 << 22, DefaultText = "measured at the start")]
    public int? BatchTokens { get; set; }

    /// <summary>
    /// A text that waits longer for its batch is answered as expired, 1 ms to 1 day; default 1 hour: calls have deadlines of their own.
    /// </summary>
    [ServerOption("A text that waits longer for its batch is answered as expired", Minimum = 0.001, Maximum = 86_400)]
    public TimeSpan MaxQueueTime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Folder of the CUDA execution provider's library; <see langword="null"/>: beside ONNX Runtime's own.</summary>
    [ServerOption("Folder of ONNX Runtime's CUDA provider", DefaultText = "beside ONNX Runtime's own library")]
    public string? CudaProviderFolder { get; set; }

    /// <summary>Folders of CUDA 13 and cuDNN 9, searched before the system's own places.</summary>
    [ServerOption("Folders of CUDA 13 and cuDNN 9; several allowed", DefaultText = "the system's own", Switch = "cuda-library-folder")]
    public IReadOnlyList<string> CudaLibraryFolders { get; set; } = [];

    /// <summary>Which GPU, 0 to 63; default 0.</summary>
    [ServerOption("Which GPU", Minimum = 0, Maximum = 63)]
    public int CudaDevice { get; set; }

    /// <summary>Most GPU memory, in bytes, from 64 MiB to 1 TiB; <see langword="null"/>: no limit.</summary>
    [ServerOption("Most GPU memory, in bytes", Minimum = 64 << 20, Maximum = 1L << 40, DefaultText = "no limit")]
    public long? CudaMemoryLimit { get; set; }

    /// <summary>Folder for optimised graphs, so that a later start is quicker; <see langword="null"/>: none are kept.</summary>
    [ServerOption("Folder for optimised graphs, so that a later start is quicker")]
    public string? GraphCacheFolder { get; set; }

    /// <summary>The engine's own options, made from these.</summary>
    internal EngineOptions ToEngineOptions() => new()
    {
        Device = Device,
        QueueLength = QueueLength,

        // A lane serves one call, so its share of the queue follows from that call's own limits.
        LaneLength = Math.Max(MaxRowsInFlight, MaxTextsPerCall),
        MaxLanes = MaxCalls,
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
