using System.Text.Json;
using ValueImprint.Client.FakeServer;
using ValueImprint.Datasets;

namespace ValueImprint.Auditing.Tests;

/// <summary>A fake server and a folder of datasets for each test.</summary>
public abstract class AuditTestBase : IAsyncLifetime
{
    private protected TestFolder Folder { get; } = new();

    private protected FakeHost Host { get; private set; } = null!; // Set before each test.

    public async ValueTask InitializeAsync() => Host = await FakeHost.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A file of lines.</summary>
    private protected DatasetSource File(string name, params string[] lines) =>
        DatasetSource.FromFile(Folder.Write(name, string.Concat(lines.Select(static line => line + "\n"))));

    /// <summary>A preference pair as a line.</summary>
    private protected static string Pair(string chosen, string rejected) => JsonSerializer.Serialize(new { chosen, rejected });
}
