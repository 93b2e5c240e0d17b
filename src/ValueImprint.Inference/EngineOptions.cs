namespace ValueImprint.Inference;

/// <summary>
/// Limits and choices of an <see cref="InferenceEngine"/>. Each has a range and a default; values out of range are refused when the
/// engine starts.
/// </summary>
public sealed record EngineOptions
{
    /// <summary>What to run on. Default <see cref="ExecutionDevice.Auto"/>.</summary>
    public ExecutionDevice Device { get; init; } = ExecutionDevice.Auto;

    /// <summary>
    /// Most texts in the engine without an outcome, in [16, 1,000,000]. Default 4,096. Bulk lanes together may hold three quarters of
    /// it, so that an interactive call finds room beside any number of streams.
    /// </summary>
    public int QueueLength { get; init; } = 4096;

    /// <summary>Most texts of one lane without an outcome, in [1, 1,000,000]. Default 2,048.</summary>
    public int LaneLength { get; init; } = 2048;

    /// <summary>Most open lanes, in [1, 100,000]. Default 4,096.</summary>
    public int MaxLanes { get; init; } = 4096;

    /// <summary>Most bytes of a text as UTF-8, in [1, 16,777,216]. Default 1,048,576 (1 MiB).</summary>
    public int MaxTextBytes { get; init; } = 1 << 20;

    /// <summary>
    /// Texts up to this many UTF-16 characters are tokenized whole and their tokens counted exactly, in [1,024, 16,777,216]. Of a longer
    /// one only the first and the last half of this many are, and the count of the rest is extrapolated. Default 32,768.
    /// </summary>
    public int ExactCountChars { get; init; } = 32768;

    /// <summary>Longest wait for a batch, from 1 ms to 1 day. Default 5 minutes. A text that waits longer ends as expired.</summary>
    public TimeSpan MaxQueueTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Most texts of a batch, in [1, 4,096]. Default 128. Changes speed, never a result.</summary>
    public int MaxBatchTexts { get; init; } = 128;

    /// <summary>
    /// Most tokens of a batch, padding included, in [8, 4,194,304]; a single text may exceed it. <see langword="null"/> (default): measured
    /// when the engine starts. Changes speed, never a result.
    /// </summary>
    public int? BatchTokens { get; init; }

    /// <summary>Most texts that bulk lanes contribute to one round of length sorting, in [1, 65,536]. Default 512.</summary>
    public int RoundTexts { get; init; } = 512;

    /// <summary>
    /// Threads that the model runs on, on the CPU, in [1, 1,024]; <see langword="null"/> (default): one a core. A batch alone has them all;
    /// batches that run side by side share them out.
    /// </summary>
    public int? IntraOpThreads { get; init; }

    /// <summary>
    /// Idle operator threads spin instead of sleeping. Default <see langword="false"/>: the server's own threads share the cores.
    /// </summary>
    public bool SpinThreads { get; init; }

    /// <summary>Threads that tokenize bulk texts, in [1, 256]; <see langword="null"/> (default): half of the cores, at most 8.</summary>
    public int? TokenizerThreads { get; init; }

    /// <summary>
    /// Folder that holds the CUDA execution provider's library (<c>libonnxruntime_providers_cuda.so</c>,
    /// <c>onnxruntime_providers_cuda.dll</c>). <see langword="null"/> (default): beside ONNX Runtime's own library.
    /// </summary>
    public string? CudaProviderFolder { get; init; }

    /// <summary>
    /// Folders that hold CUDA 13 and cuDNN 9 (<c>libcublasLt.so.13</c>, <c>libcudnn.so.9</c>, …), searched before the system's own places.
    /// Default none.
    /// </summary>
    public IReadOnlyList<string> CudaLibraryFolders { get; init; } = [];

    /// <summary>Index of the GPU, in [0, 63]. Default 0.</summary>
    public int CudaDeviceIndex { get; init; }

    /// <summary>Most GPU memory for the provider's arena, in bytes, from 64 MiB; <see langword="null"/> (default): no limit of its own.</summary>
    public long? CudaMemoryLimit { get; init; }

    /// <summary>Folder for optimised graphs, so that a later start is faster; <see langword="null"/> (default): none are kept.</summary>
    public string? GraphCacheFolder { get; init; }

    /// <summary>Refuses values out of range.</summary>
    /// <exception cref="ArgumentException">Names the first option that is out of range, its value and the range.</exception>
    public void Validate()
    {
        Range(nameof(QueueLength), QueueLength, 16, 1_000_000);
        Range(nameof(LaneLength), LaneLength, 1, 1_000_000);
        Range(nameof(MaxLanes), MaxLanes, 1, 100_000);
        Range(nameof(MaxTextBytes), MaxTextBytes, 1, 1 << 24);
        Range(nameof(ExactCountChars), ExactCountChars, 1024, 1 << 24);
        Range(nameof(MaxBatchTexts), MaxBatchTexts, 1, 4096);
        Range(nameof(BatchTokens), BatchTokens, 8, 1 << 22);
        Range(nameof(RoundTexts), RoundTexts, 1, 1 << 16);
        Range(nameof(IntraOpThreads), IntraOpThreads, 1, 1024);
        Range(nameof(TokenizerThreads), TokenizerThreads, 1, 256);
        Range(nameof(CudaDeviceIndex), CudaDeviceIndex, 0, 63);
        Range(nameof(CudaMemoryLimit), CudaMemoryLimit, 64L << 20, long.MaxValue);
        if (!Enum.IsDefined(Device))
        {
            throw new ArgumentException($"{nameof(Device)} is {Device}; expected auto, cpu or cuda.");
        }

        if (MaxQueueTime < TimeSpan.FromMilliseconds(1) || MaxQueueTime > TimeSpan.FromDays(1))
        {
            throw new ArgumentException($"{nameof(MaxQueueTime)} is {MaxQueueTime:c}; expected 1 ms to 1 day.");
        }
    }

    private static void Range(string name, long? value, long least, long most)
    {
        if (value < least || value > most)
        {
            var range = most == long.MaxValue ? $"at least {least}" : $"{least} to {most}";
            throw new ArgumentException(FormattableString.Invariant($"{name} is {value}; expected {range}."));
        }
    }
}

/// <summary>What a model runs on.</summary>
public enum ExecutionDevice
{
    /// <summary>CUDA where it can be loaded, else the CPU; what was missing for CUDA is logged once.</summary>
    Auto,

    /// <summary>The CPU.</summary>
    Cpu,

    /// <summary>CUDA, or the start fails and says what is missing.</summary>
    Cuda,
}

/// <summary>CUDA can't be used. The message says what is missing and where it was looked for.</summary>
public sealed class CudaUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
