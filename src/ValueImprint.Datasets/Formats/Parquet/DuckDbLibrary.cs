using System.Runtime.InteropServices;

namespace ValueImprint.Datasets.Formats.Parquet;

/// <summary>Finds DuckDB's native library: named by the user, beside the program, or where the system looks.</summary>
internal static class DuckDbLibrary
{
    /// <summary>The environment variable that names the library's file.</summary>
    public const string PathVariable = "VALUEIMPRINT_DUCKDB";

    private static readonly Lazy<nint> Handle = new(Load);

    /// <summary>Makes sure that it is there.</summary>
    /// <exception cref="DatasetException">It is not; the message says what to do.</exception>
    public static void Require(string file)
    {
        if (Handle.Value == 0)
        {
            var named = Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } path ? $" {PathVariable} names {path}." : "";
            throw new DatasetException(
                DatasetProblem.Unsupported,
                $"{file}: Parquet needs DuckDB's library, and {FileName} can't be loaded.{named} "
                + $"Set {PathVariable} to the library's path, or use JSON Lines.");
        }
    }

    public static bool IsThere => Handle.Value != 0;

    private static string FileName =>
        OperatingSystem.IsWindows() ? "duckdb.dll" : OperatingSystem.IsMacOS() ? "libduckdb.dylib" : "libduckdb.so";

    private static nint Load()
    {
        var assembly = typeof(DuckDbLibrary).Assembly;
        nint handle;
        if (Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } named)
        {
            // A name that leads nowhere must show, not be passed over for another library.
            NativeLibrary.TryLoad(named, out handle);
        }
        else if (!NativeLibrary.TryLoad(DuckDb.Library, assembly, null, out handle))
        {
            var beside = Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native", FileName);
            NativeLibrary.TryLoad(beside, out handle);
        }

        if (handle != 0)
        {
            NativeLibrary.SetDllImportResolver(assembly, (name, _, _) => name == DuckDb.Library ? handle : 0);
        }

        return handle;
    }
}
