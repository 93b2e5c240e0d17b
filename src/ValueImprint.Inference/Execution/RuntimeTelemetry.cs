using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace ValueImprint.Inference.Execution;

/// <summary>Keeps ONNX Runtime from recording events: it would keep a database of them below the home folder and look up a host.</summary>
internal static partial class RuntimeTelemetry
{
    private const string Variable = "ORT_DISABLE_TELEMETRY";
    private static readonly Lock _gate = new();
    private static bool _isOff;

    /// <summary>Before the runtime's first use in the process: its environment opens the database as it is made.</summary>
    public static void TurnOff()
    {
        lock (_gate)
        {
            if (_isOff)
            {
                return;
            }

            // Native code does not see what .NET sets on Unix, where the environment is a copy.
            if (OperatingSystem.IsWindows())
            {
                Environment.SetEnvironmentVariable(Variable, "1");
            }
            else
            {
                _ = SetVariable(Variable, "1", overwrite: 1);
            }

            OrtEnv.Instance().DisableTelemetryEvents();
            _isOff = true;
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
