using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace ValueImprint.Inference.Execution;

/// <summary>
/// Loads the CUDA execution provider as a plugin library, which works with the official GPU package and with natives from elsewhere.
/// </summary>
internal static class CudaPlugin
{
    private const string Registration = "CUDA";
    private static readonly Lock Gate = new();
    private static string? _registered;

    private static string FileName => OperatingSystem.IsWindows() ? "onnxruntime_providers_cuda.dll" : "libonnxruntime_providers_cuda.so";

    /// <exception cref="CudaUnavailableException">Says what is missing.</exception>
    public static void AppendTo(SessionOptions session, EngineOptions options)
    {
        var library = FindLibrary(options.CudaProviderFolder);
        CudaLibraries.Preload(options.CudaLibraryFolders);
        var environment = OrtEnv.Instance();
        Register(environment, library);
        var devices = environment.GetEpDevices()
            .Where(static device => device.EpName.Contains("CUDA", StringComparison.OrdinalIgnoreCase))
            .ToArray();
        if (options.CudaDeviceIndex >= devices.Length)
        {
            throw new CudaUnavailableException(string.Create(
                CultureInfo.InvariantCulture,
                $"the CUDA provider sees {devices.Length} GPUs, so that there is none with the index {options.CudaDeviceIndex}. Check nvidia-smi and the driver."));
        }

        try
        {
            session.AppendExecutionProvider(environment, [devices[options.CudaDeviceIndex]], ProviderOptions(options));
        }
        catch (OnnxRuntimeException exception)
        {
            throw new CudaUnavailableException($"the CUDA provider refused the GPU: {exception.Message}", exception);
        }
    }

    private static Dictionary<string, string> ProviderOptions(EngineOptions options)
    {
        Dictionary<string, string> provider = new(StringComparer.Ordinal) { ["arena_extend_strategy"] = "kSameAsRequested" };
        if (options.CudaMemoryLimit is { } limit)
        {
            provider["gpu_mem_limit"] = limit.ToString(CultureInfo.InvariantCulture);
        }

        return provider;
    }

    private static string FindLibrary(string? folder)
    {
        string[] folders = folder is not null
            ? [folder]
            : [AppContext.BaseDirectory, Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native")];
        return folders.Select(static folder => Path.GetFullPath(Path.Combine(folder, FileName))).FirstOrDefault(File.Exists)
            ?? throw new CudaUnavailableException(
                $"there is no {FileName} in {string.Join(" or ", folders)}. It comes with the published ValueImprint.Server (linux-x64, win-x64), "
                + $"not with the tool; name its folder with the option {nameof(EngineOptions.CudaProviderFolder)}, or that server with --server.");
    }

    // The environment is the process's: a library is registered once, for all engines.
    private static void Register(OrtEnv environment, string library)
    {
        lock (Gate)
        {
            if (_registered == library)
            {
                return;
            }

            if (_registered is not null)
            {
                throw new CudaUnavailableException($"this process has loaded the CUDA provider from {_registered} already, and can't load {library} beside it.");
            }

            try
            {
                environment.RegisterExecutionProviderLibrary(Registration, library);
            }
            catch (OnnxRuntimeException exception)
            {
                throw new CudaUnavailableException(
                    $"{library} could not be loaded: {exception.Message.TrimEnd('.')}. "
                    + $"It needs CUDA 13 and cuDNN 9; name their folders with the option {nameof(EngineOptions.CudaLibraryFolders)}.",
                    exception);
            }

            _registered = library;
        }
    }
}

/// <summary>
/// Loads CUDA's own libraries from given folders, in the order of their dependence. The provider then finds them loaded: a running process
/// can't change where its loader looks.
/// </summary>
internal static class CudaLibraries
{
    private static readonly string[] Names = OperatingSystem.IsWindows()
        ? ["cudart64_13.dll", "cublasLt64_13.dll", "cublas64_13.dll", "cufft64_12.dll", "curand64_10.dll", "nvrtc64_130_0.dll", "cudnn64_9.dll"]
        : [
            "libcudart.so.13", "libnvJitLink.so.13", "libnvrtc.so.13", "libcublasLt.so.13", "libcublas.so.13", "libcufft.so.12",
            "libcurand.so.10", "libcudnn.so.9",
        ];

    /// <exception cref="CudaUnavailableException">A folder doesn't exist, or a library in it can't be loaded.</exception>
    public static void Preload(IReadOnlyList<string> folders)
    {
        foreach (var folder in folders)
        {
            if (!Directory.Exists(folder))
            {
                throw new CudaUnavailableException(
                    $"the folder {folder}, named by the option {nameof(EngineOptions.CudaLibraryFolders)}, does not exist.");
            }
        }

        foreach (var name in Names)
        {
            if (folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists) is not { } library)
            {
                continue;
            }

            try
            {
                NativeLibrary.Load(library);
            }
            catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
            {
                throw new CudaUnavailableException($"{library} could not be loaded: {exception.Message}", exception);
            }
        }
    }
}
