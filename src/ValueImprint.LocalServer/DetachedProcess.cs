namespace ValueImprint.LocalServer;

/// <summary>
/// A process that outlives the one that starts it: in a session of its own, so that Ctrl-C in the terminal and the end of a build node
/// pass it by, with its output in a file, and without a single handle of its parent, so that nobody waits for a pipe that it holds open.
/// </summary>
internal sealed record DetachedProcess
{
    /// <summary>Absolute path.</summary>
    public required string Executable { get; init; }

    /// <summary>Without the executable itself.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The whole of it: nothing is inherited.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; }

    /// <summary>Absolute path of the folder to run in.</summary>
    public required string Folder { get; init; }

    /// <summary>An existing file that standard output and error are appended to; standard input is empty.</summary>
    public required string OutputFile { get; init; }

    /// <summary>Starts it.</summary>
    /// <returns>Its number.</returns>
    /// <exception cref="System.ComponentModel.Win32Exception">The system refuses.</exception>
    public int Start() => OperatingSystem.IsWindows() ? WindowsSpawn.Start(this) : UnixSpawn.Start(this);
}
