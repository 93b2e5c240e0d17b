using Microsoft.Extensions.Configuration;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Inference;
using ValueImprint.Server.Configuration;
using ValueImprint.Server.Security;

namespace ValueImprint.Server.Tests.Configuration;

public sealed class ServerOptionsTests
{
    [Fact]
    public void Read_EveryOption_FromItsOwnName()
    {
        var options = Read(
            ("Listen:0", "unix:/tmp/a;b"), ("Listen:1", "http://127.0.0.1:1"), ("Model:0", "/a;b"), ("QueueLength", "5000"), ("drainTimeout", "5s"),
            ("AllowPlaintext", "true"), ("Device", "cpu"), ("Threads", "3"), ("CudaMemoryLimit", "8589934592"), ("AcceptTokens", "/t"));

        Assert.Equal(["unix:/tmp/a;b", "http://127.0.0.1:1"], options.Listen);
        Assert.Equal(["/a;b"], options.Models);
        Assert.Equal((5000, TimeSpan.FromSeconds(5), true), (options.QueueLength, options.DrainTimeout, options.AllowPlaintext));
        Assert.Equal((Inference.ExecutionDevice.Cpu, 3, 8L << 30, "/t"), (options.Device, options.Threads, options.CudaMemoryLimit, options.AcceptTokens));
    }

    [Theory]
    [InlineData("QueueLenght", "5", "Did you mean 'QueueLength'?")]
    [InlineData("QueueLength", "1.000", "'1.000', expected a whole number from 16 to 1,000,000")]
    [InlineData("QueueLength", "15", "expected a whole number from 16 to 1,000,000")]
    [InlineData("QueueLength", "99999999999", "expected a whole number")]
    [InlineData("DrainTimeout", "30", "expected a duration")]
    [InlineData("DrainTimeout", "2d", "expected a duration from 0 to 1d")]
    [InlineData("AllowPlaintext", "yes", "expected true or false")]
    [InlineData("Device", "1", "expected auto or cpu or cuda")]
    [InlineData("AcceptTokens:0", "x", "expected a text")]
    public void Read_WrongNameOrValue_IsRefusedWithWhatWasExpected(string name, string value, string expected)
    {
        var fault = Assert.Throws<ServerOptionsException>(() => Read((name, value)));

        Assert.Contains($"ValueImprint:{name.Split(':')[0]}", fault.Message, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SeveralFaults_AreAllNamed()
    {
        var fault = Assert.Throws<ServerOptionsException>(() => Read(("Nonsense", "1"), ("MaxCalls", "x")));

        Assert.Equal(2, fault.Message.Split(Environment.NewLine).Length);
    }

    [Fact]
    public void Check_Defaults_AreInOrder() => ServerConfiguration.Check(new ServerOptions(), new ConfigurationBuilder().Build());

    [Fact]
    public void Check_OptionsThatContradict_AreRefused()
    {
        var options = new ServerOptions { MaxTextsPerCall = 100, QueueLength = 50, MaxTextBytes = 10_000, MaxMessageBytes = 5000, MaxCalls = 0 };

        var fault = Assert.Throws<ServerOptionsException>(() => ServerConfiguration.Check(options, new ConfigurationBuilder().Build()));

        Assert.Contains("MaxTextsPerCall (100) is above QueueLength (50)", fault.Message, StringComparison.Ordinal);
        Assert.Contains("MaxTextBytes (10,000) is above MaxMessageBytes (5,000)", fault.Message, StringComparison.Ordinal);
        Assert.Contains("MaxCalls is 0, expected a whole number from 1 to 100,000", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToEngineOptions_AnyValidOptions_AreValidForTheEngine()
    {
        new ServerOptions().ToEngineOptions().Validate();
        new ServerOptions { MaxRowsInFlight = 65_536, MaxTextsPerCall = 1, QueueLength = 16, MaxTextBytes = 1 << 24, MaxQueueTime = TimeSpan.FromDays(1), BatchTokens = 8 }
            .ToEngineOptions().Validate();
    }

    private static ServerOptions Read(params (string Name, string Value)[] settings) => ServerConfiguration.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(static pair => $"ValueImprint:{pair.Name}", static pair => (string?)pair.Value)).Build());
}
