namespace ValueImprint.Client.LocalServers;

/// <summary>How a server is started on this machine.</summary>
/// <param name="Executable">Absolute path of a program.</param>
/// <param name="Arguments">
/// What comes before the server's own options: for the tool <c>["/…/valueimprint.dll", "serve"]</c> behind <c>dotnet</c>.
/// </param>
public sealed record LocalServerCommand(string Executable, IReadOnlyList<string> Arguments)
{
    /// <summary>The program's files whose change makes another server of it: the executable and the files among the arguments.</summary>
    internal IEnumerable<string> Files => Arguments.Where(static argument => Path.IsPathFullyQualified(argument) && File.Exists(argument)).Prepend(Executable);
}
