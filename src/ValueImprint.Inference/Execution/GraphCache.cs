using System.Globalization;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.OnnxRuntime;
using ValueImprint.Inference.Models;

namespace ValueImprint.Inference.Execution;

/// <summary>Keeps graphs as the runtime optimised them, so that the next start need not do it again.</summary>
internal sealed class GraphCache(string folder)
{
    // Beyond this a second copy on disk costs more than it saves; ONNX files end at 2 GB anyway.
    private const long MaxBytes = 1L << 30;

    /// <summary>Where the optimised graph of a package is or will be. Its name tells apart everything that it depends on.</summary>
    public string PathOf(ModelPackage package, string provider)
    {
        var version = OrtEnv.Instance().GetVersionString();
        var vector = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        var key = string.Create(CultureInfo.InvariantCulture, $"{package.Description.ContentHash} {provider} {version} {vector}");
        return Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..32] + ".onnx");
    }

    public static bool IsWorthwhile(ModelPackage package) => package.GraphBytes <= MaxBytes;

    /// <summary>Opens the optimised graph, or optimises the package's own and keeps the result. A cache that can't be used is no error.</summary>
    public InferenceSession Open(ModelPackage package, string provider, SessionOptions options)
    {
        var cached = PathOf(package, provider);
        if (File.Exists(cached))
        {
            try
            {
                options.GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL;
                return new InferenceSession(cached, options);
            }
            catch (OnnxRuntimeException)
            {
                // Half written by a crash, or from a disk that lost some of it.
                TryDelete(cached);
            }
        }

        options.GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL;
        return OptimizeAndKeep(package, cached, options);
    }

    private InferenceSession OptimizeAndKeep(ModelPackage package, string cached, SessionOptions options)
    {
        var written = string.Create(CultureInfo.InvariantCulture, $"{cached}.{Environment.ProcessId}.tmp");
        InferenceSession? session = null;
        try
        {
            Directory.CreateDirectory(folder);
            options.OptimizedModelFilePath = written;
            session = new InferenceSession(package.GraphFile, options);
            File.Move(written, cached, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or OnnxRuntimeException)
        {
            // No room, no right to write, or a provider whose nodes can't be written: the start is slower, that is all.
            TryDelete(written);
            options.OptimizedModelFilePath = "";
        }

        return session ?? new InferenceSession(package.GraphFile, options);
    }

    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Somebody else's file, or in use: it stays, and is found faulty again.
        }
    }
}
