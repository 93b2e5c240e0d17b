using Microsoft.Extensions.Hosting;

namespace ValueImprint.Server.Hosting;

internal static class StopExtensions
{
    /// <summary>
    /// Stops the host, after its start if that is still going on: stopping in the middle of it would make the start fail, with a stack
    /// trace where there is nothing wrong.
    /// </summary>
    public static void StopOnceStarted(this IHostApplicationLifetime lifetime) => lifetime.ApplicationStarted.Register(lifetime.StopApplication);
}
