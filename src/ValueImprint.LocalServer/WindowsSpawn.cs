using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ValueImprint.LocalServer;

/// <summary>
/// Starts detached processes by <c>CreateProcess</c> with a list of the two handles that the child gets.
/// <see cref="System.Diagnostics.Process"/> would hand down every inheritable one.
/// </summary>
internal static unsafe partial class WindowsSpawn
{
    // https://learn.microsoft.com/windows/win32/procthread/process-creation-flags
    private const uint DetachedFromConsole = 0x00000008;
    private const uint NewProcessGroup = 0x00000200;
    private const uint UnicodeEnvironment = 0x00000400;
    private const uint ExtendedStartupInfo = 0x00080000;
    private const nint HandleListAttribute = 0x00020002;
    private const int UseStandardHandles = 0x00000100;

    [SupportedOSPlatform("windows")]
    public static int Start(DetachedProcess process)
    {
        using var output = OpenInheritable(process.OutputFile, FileMode.Append, FileAccess.Write);
        using var input = OpenInheritable("NUL", FileMode.Open, FileAccess.Read);
        var handles = stackalloc nint[] { input.DangerousGetHandle(), output.DangerousGetHandle() };

        nuint size = 0;
        _ = InitializeProcThreadAttributeList(0, 1, 0, ref size);
        var attributes = (nint)NativeMemory.Alloc(size);
        try
        {
            Check(InitializeProcThreadAttributeList(attributes, 1, 0, ref size), process);
            try
            {
                Check(UpdateProcThreadAttribute(attributes, 0, HandleListAttribute, handles, (nuint)(2 * sizeof(nint)), 0, 0), process);
                return Create(process, attributes, handles[0], handles[1]);
            }
            finally
            {
                DeleteProcThreadAttributeList(attributes);
            }
        }
        finally
        {
            NativeMemory.Free((void*)attributes);
        }
    }

    private static int Create(DetachedProcess process, nint attributes, nint input, nint output)
    {
        var startup = new StartupInfo
        {
            Size = sizeof(StartupInfo),
            Flags = UseStandardHandles,
            Input = input,
            Output = output,
            Error = output,
            Attributes = attributes,
        };
        var commandLine = (CommandLine(process) + '\0').ToCharArray();
        var environment = Block(process.Environment);
        ProcessInformation created;
        fixed (char* line = commandLine, block = environment)
        {
            Check(
                CreateProcessW(
                    process.Executable, line, 0, 0, 1, DetachedFromConsole | NewProcessGroup | UnicodeEnvironment | ExtendedStartupInfo, block, process.Folder,
                    &startup, &created),
                process);
        }

        _ = CloseHandle(created.Thread);
        _ = CloseHandle(created.Process);
        return created.ProcessId;
    }

    private static SafeFileHandle OpenInheritable(string file, FileMode mode, FileAccess access) =>
        File.OpenHandle(file, mode, access, FileShare.ReadWrite | FileShare.Delete | FileShare.Inheritable);

    // The rules by which programs take a command line apart:
    // https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments
    private static string CommandLine(DetachedProcess process)
    {
        var line = new StringBuilder();
        foreach (var argument in process.Arguments.Prepend(process.Executable))
        {
            line.Append(line.Length > 0 ? " " : "").Append('"');
            var backslashes = 0;
            foreach (var c in argument)
            {
                backslashes = c == '\\' ? backslashes + 1 : 0;
                line.Append(c == '"' ? new string('\\', CountBefore(line) + 1) : "").Append(c);
            }

            line.Append('\\', backslashes).Append('"');
        }

        return line.ToString();
    }

    private static int CountBefore(StringBuilder line)
    {
        var count = 0;
        while (count < line.Length && line[line.Length - 1 - count] == '\\')
        {
            count++;
        }

        return count;
    }

    private static char[] Block(IReadOnlyList<KeyValuePair<string, string>> environment)
    {
        var block = new StringBuilder();
        foreach (var (name, value) in environment.OrderBy(static variable => variable.Key, StringComparer.OrdinalIgnoreCase))
        {
            block.Append(name).Append('=').Append(value).Append('\0');
        }

        return [.. block.ToString(), '\0', '\0'];
    }

    private static void Check(int success, DetachedProcess process)
    {
        if (success == 0)
        {
            var error = Marshal.GetLastPInvokeError();
            throw new Win32Exception(error, $"{process.Executable} can't be started: {new Win32Exception(error).Message}");
        }
    }

    [LibraryImport("kernel32", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int InitializeProcThreadAttributeList(nint list, int count, int flags, ref nuint size);

    [LibraryImport("kernel32", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int UpdateProcThreadAttribute(nint list, uint flags, nint attribute, void* value, nuint size, nint previous, nint returned);

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial void DeleteProcThreadAttributeList(nint list);

    [LibraryImport("kernel32", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int CreateProcessW(
        string application, char* commandLine, nint processAttributes, nint threadAttributes, int inheritHandles, uint flags, char* environment, string folder,
        StartupInfo* startup, ProcessInformation* created);

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int CloseHandle(nint handle);

    /// <summary>STARTUPINFOEXW.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct StartupInfo
    {
        public int Size;
        public nint Reserved;
        public nint Desktop;
        public nint Title;
        public int X;
        public int Y;
        public int Width;
        public int Height;
        public int Columns;
        public int Rows;
        public int Fill;
        public int Flags;
        public short ShowWindow;
        public short ReservedBytes;
        public nint Reserved2;
        public nint Input;
        public nint Output;
        public nint Error;
        public nint Attributes;
    }

    /// <summary>PROCESS_INFORMATION.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct ProcessInformation
    {
        public nint Process;
        public nint Thread;
        public int ProcessId;
        public int ThreadId;
    }
}
