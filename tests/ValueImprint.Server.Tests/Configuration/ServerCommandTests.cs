using ValueImprint.Server.Configuration;
using ValueImprint.Server.Tests.Support;

namespace ValueImprint.Server.Tests.Configuration;

public sealed class ServerCommandTests
{
    [Fact]
    public void Configure_Switches_BecomeOptions()
    {
        var options = Read("--listen", "unix:/tmp/a;b.sock", "--listen=http://127.0.0.1:1", "--model", "/m", "--queue-length=64", "--allow-plaintext", "--idle-timeout", "600s");

        Assert.Equal(["unix:/tmp/a;b.sock", "http://127.0.0.1:1"], options.Listen);
        Assert.Equal(["/m"], options.Models);
        Assert.Equal((64, true, TimeSpan.FromMinutes(10)), (options.QueueLength, options.AllowPlaintext, options.IdleTimeout));
    }

    [Fact]
    public void Configure_Set_ReachesTheFrameworksSections()
    {
        var configuration = ServerCommand.Configure(ServerCommand.Parse(["--set", "Kestrel:Certificates:Default:Path=/a=b.pem", "--set", "Logging:LogLevel:Default=Debug"]));

        Assert.Equal("/a=b.pem", configuration["Kestrel:Certificates:Default:Path"]);
        Assert.Equal("Debug", configuration["Logging:LogLevel:Default"]);
    }

    [Fact]
    public void Configure_CommandLine_WinsOverTheFile()
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
    [InlineData("'--Kestrel:Endpoints:a:Url' is no option.", "--Kestrel:Endpoints:a:Url=http://*:1")]
    [InlineData("--listen needs a value", "--listen")]
    [InlineData("--queue-length", "--queue-length", "64", "--queue-length", "65")]
    public void Faults_WrongArguments_AreNamed(string expected, params string[] args) =>
        Assert.Contains(expected, ServerCommand.Faults(ServerCommand.Parse(args)), StringComparison.Ordinal);

    [Theory]
    [InlineData("--set Kestrl:", "--set", "Kestrl:Endpoints:a:Url=http://127.0.0.1:1")]
    [InlineData("--set Kestrel:", "--set", "Kestrel:Endpoints")]
    [InlineData("QueueLenght: no such option. Did you mean 'QueueLength'?", "--set", "ValueImprint:QueueLenght=64")]
    [InlineData("--queue-length (ValueImprint:QueueLength) is '15', expected a whole number from 16", "--queue-length", "15")]
    [InlineData("--allow-plaintext (ValueImprint:AllowPlaintext) is 'yes'", "--allow-plaintext=yes")]
    public void Configure_NamesAndValuesThatCanNotBe_AreRefused(string expected, params string[] args) =>
        Assert.Contains(expected, Assert.Throws<ServerOptionsException>(() => Read(args)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{""", "s.json")]
    [InlineData("""{"ValueImprit": {"QueueLength": 64}}""", "there is no section 'ValueImprit'. Did you mean 'ValueImprint'?")]
    [InlineData(null, "s.json")]
    public void Configure_FaultyOrMissingFile_IsNamed(string? content, string expected)
    {
        using var folder = new TempFolder();
        if (content is not null)
        {
            folder.Write("s.json", content);
        }

        var fault = Assert.Throws<ServerOptionsException>(() => Read("--config", folder["s.json"]));

        Assert.Contains(folder["s.json"], fault.Message, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    private static ServerOptions Read(params string[] args)
    {
        var parse = ServerCommand.Parse(args);
        Assert.Equal("", ServerCommand.Faults(parse));
        return ServerConfiguration.Read(ServerCommand.Configure(parse));
    }
}
