using System.Text.RegularExpressions;
using ValueImprint.Client.FakeServer;

namespace ValueImprint.Client.Tests;

/// <summary>The sample of the README, which is compiled and run here.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public async Task Sample_AgainstAServer_PrintsTheValues()
    {
        await using var host = await FakeHost.StartAsync().Soon();
        using var output = new StringWriter();

        await RunSampleAsync(host.Address, output).Soon();

        Assert.Matches(@"\A(?:\S.* \d+ %\r?\n)+\z", output.ToString());
    }

    [Fact]
    public void Sample_InTheReadme_IsTheOneRunHere()
    {
        var source = File.ReadAllText(RepositoryRoot.File("tests/ValueImprint.Client.Tests/ReadmeTests.cs"));
        var method = source[source.LastIndexOf("        if (!ServerAddress", StringComparison.Ordinal)..source.LastIndexOf("    }\n}", StringComparison.Ordinal)];
        var expected = string.Join('\n', method.TrimEnd().Split('\n').Select(static line => line.Length < 8 ? line : line[8..]))
            .Replace("(address,", "(\"http://127.0.0.1:50151\",", StringComparison.Ordinal)
            .Replace("output.", "Console.", StringComparison.Ordinal);

        var sample = CSharpBlock().Match(File.ReadAllText(RepositoryRoot.File("README.md"))).Groups[1].Value.TrimEnd();

        Assert.Equal(expected, sample);
    }

    [GeneratedRegex("^```csharp\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CSharpBlock();

    private static async Task RunSampleAsync(string address, TextWriter output)
    {
        if (!ServerAddress.TryParse(address, out var server, out var problem))
        {
            throw new ArgumentException(problem);
        }

        using var client = new ClassifierClient(new ClientOptions { Servers = [server] });
        var (model, outcomes) = await client.ClassifyAsync(["Human: May I vote? Assistant: Yes, people are equal."]);
        foreach (var value in outcomes[0].ValuesByScore())
        {
            output.WriteLine($"{model.Taxonomy.Values[value].Name} {outcomes[0].Scores.Span[value]:P0}");
        }
    }
}
