using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ValueImprint.MSBuild.Tests;

/// <summary>A build that uses a server which somebody else runs, with tokens.</summary>
public sealed class RemoteServerTests(PackedPackage package)
{
    private const string Token = "the-token-of-this-test-0123456789";

    [Fact]
    public async Task Pack_NamedServerWithToken_PassesWithItAndFailsWithoutIt()
    {
        using var project = new DatasetProject(package, body: DatasetProject.Datasets);
        project.WriteSampleRows();
        project.WritePolicy("wisdom", "2%");
        project.Write("tokens.txt", Token + "\n");
        project.Write("wrong.txt", "another-token-0123456789-0123456789\n");
        var address = $"http://127.0.0.1:{FreePort()}";
        using var server = await StartAsync(address, Path.Combine(project.Folder, "tokens.txt"));
        try
        {
            (await project.PackAsync($"-p:ValueImprintServer={address}")).Failed().Says("error VI").Says("token");
            (await project.PackAsync($"-p:ValueImprintServer={address}", "-p:ValueImprintTokenFile=wrong.txt")).Failed().Says("error VI").DoesNotSay("another-token");
            (await project.PackAsync($"-p:ValueImprintServer={address}", "-p:ValueImprintTokenFile=tokens.txt")).Succeeded().Says("auditing");
            var byVariable = new Dictionary<string, string> { ["VALUEIMPRINT_TOKEN_FILE"] = Path.Combine(project.Folder, "tokens.txt") };
            (await project.DotnetAsync(byVariable, "pack", "-nologo", $"-p:ValueImprintServer={address}")).Succeeded().DoesNotSay("auditing");
        }
        finally
        {
            server.Kill();
        }
    }

    private static async Task<Process> StartAsync(string address, string tokenFile)
    {
        var server = Process.Start(new ProcessStartInfo(
            RepositoryRoot.File("tools/valueimprint"), ["serve", "--listen", address, "--accept-tokens", tokenFile]) { RedirectStandardError = true })!; // A program that can't be started throws.
        var output = new OutputCollector();
        server.ErrorDataReceived += (_, line) => output.Add(line.Data);
        server.BeginErrorReadLine();
        await output.Seen("serving").WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        return server;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
