namespace ValueImprint.Client.LocalServers;

/// <summary>
/// Removes what servers left behind that ended long ago: each rebuilt program has a server of its own, and the folder must not grow with
/// them for ever.
/// </summary>
internal static class RunFolderSweep
{
    private static readonly TimeSpan _kept = TimeSpan.FromDays(2);

    public static void Run(ServerFiles own, DateTimeOffset now)
    {
        foreach (var files in ServerFiles.In(own.Folder).Where(files => files.Key != own.Key))
        {
            try
            {
                SweepOne(files, now);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // Another process is at it; the next start comes by again.
            }
        }
    }

    private static void SweepOne(ServerFiles files, DateTimeOffset now)
    {
        if (now - File.GetLastWriteTimeUtc(files.State) < _kept || ServerState.Read(files.State) is { IsAlive: true })
        {
            return;
        }

        using var held = StartLock.TryTake(files.StartLock);
        if (held is null)
        {
            return;
        }

        // The state last: without it nobody would look for the others again.
        foreach (var file in new[] { files.Socket, files.Socket + ".lock", files.Log, files.Log + ".old", files.StartLock, files.State })
        {
            File.Delete(file);
        }
    }
}
