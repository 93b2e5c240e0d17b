using ValueImprint.Server.Configuration;
using ValueImprint.Server.Tests.Support;

namespace ValueImprint.Server.Tests.Configuration;

public sealed class ServerArgumentsTests
{
    [Fact]
    public void Parse_Switches_BecomeSettings()
    {
        var options = Read("--listen", "unix:/tmp/a;b.sock", "--listen=http://127.0.0.1:1", "--model", "/m", "--queue-length=64", "--allow-plaintext", "--idle-timeout", "600s");

        Assert.Equal(["unix:/tmp/a;b.sock", "http://127.0.0.1:1"], options.Listen);
        Assert.Equal(["/m"], options.Models);
        Assert.Equal((64, true, TimeSpan.FromMinutes(10)), (options.QueueLength, options.AllowPlaintext, options.IdleTimeout));
    }

    [Fact]
    public void Parse_Urls_AreListenAddresses() =>
        Assert.Equal(["http://127.0.0.1:1", "http://127.0.0.1:2"], Read("--urls", "http://127.0.0.1:1;http://127.0.0.1:2").Listen);

    [Fact]
    public void Parse_KeysOfTheFramework_PassThrough()
    {
        var configuration = ServerArguments.Parse(["--Kestrel:Certificates:Default:Path", "/c.pem", "--Logging:LogLevel:Default=Debug"]).BuildConfiguration();

        Assert.Equal("/c.pem", configuration["Kestrel:Certificates:Default:Path"]);
        Assert.Equal("Debug", configuration["Logging:LogLevel:Default"]);
    }

    [Fact]
    public void Parse_CommandLine_WinsOverTheFile()
    {
        using var folder = new TempFolder();
        var file = folder.Write("s.json", """{"ValueImprint": {"Listen": ["unix:/a", "unix:/b"], "QueueLength": 32, "MaxCalls": 7}}""");

        var options = Read("--config", file, "--listen", "unix:/c", "--queue-length", "64");

        Assert.Equal(["unix:/c"], options.Listen);
        Assert.Equal((64, 7), (options.QueueLength, options.MaxCalls));
    }

    [Theory]
    [InlineData("'--queue-lenght' is no option. Did you mean '--queue-length'?", "--queue-lenght", "5")]
    [InlineData("'serve' is no option.", "serve")]
    [InlineData("--listen needs a value", "--listen")]
    public void Parse_WrongArguments_AreRefused(string expected, params string[] args) =>
        Assert.Contains(expected, Assert.Throws<ServerOptionsException>(() => ServerArguments.Parse(args)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{")]
    [InlineData(null)]
    public void BuildConfiguration_FaultyOrMissingFile_NamesIt(string? content)
    {
        using var folder = new TempFolder();
        if (content is not null)
        {
            folder.Write("s.json", content);
        }

        var fault = Assert.Throws<ServerOptionsException>(() => Read("--config", folder["s.json"]));

        Assert.Contains(folder["s.json"], fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_NamesEveryOption() =>
        Assert.All(ServerOption.All, static option => Assert.Contains($"  {option.Switch} ", ServerHelp.Text(), StringComparison.Ordinal));

    private static ServerOptions Read(params string[] args) => ServerOptionsReader.Read(ServerArguments.Parse(args).BuildConfiguration());
}
