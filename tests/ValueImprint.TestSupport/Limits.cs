using Xunit;

namespace ValueImprint.TestSupport;

/// <summary>No test waits for ever.</summary>
public static class Limits
{
    public static readonly TimeSpan Default = TimeSpan.FromSeconds(120);

    public static Task Soon(this Task task) => task.WaitAsync(Default, TestContext.Current.CancellationToken);

    public static Task<T> Soon<T>(this ValueTask<T> task) => task.AsTask().Soon();

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Default, TestContext.Current.CancellationToken);
}
