using System.Text;
using ValueImprint.Core.Documents;

namespace ValueImprint.Core.Tests.Documents;

public sealed class JsonFieldTests
{
    [Theory]
    [InlineData("", "1,1")]
    [InlineData("{\n \"a\": ", "2,7")]
    [InlineData("{\"a\": 1, \"a\": 2}", "0,0")]
    [InlineData("{\n \"a\": \"\\ud800\"}", "2,7")]
    [InlineData("{\n \"\\udc00b\": 1}", "2,2")]
    [InlineData("[\"\\ud83d\\ud83d\"]", "1,2")]
    public void Parse_NoJsonOrNoText_NamesLineAndColumn(string json, string place)
    {
        var fault = Assert.Throws<PlacedException>(() => Parse(json));

        Assert.StartsWith(place, FormattableString.Invariant($"{fault.Place.Line},{fault.Place.Column}"), StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_PairOfSurrogatesAndByteOrderMark_AreText() =>
        Assert.Equal("🙂", Parse("\uFEFF{\"a\": \"\\ud83d\\ude42\"}").Get("a").Text());

    [Fact]
    public void Parse_NotUtf8_IsRefused() =>
        Assert.Throws<PlacedException>(() => JsonField.Parse(new byte[] { (byte)'"', 0xff, (byte)'"' }, PlacedException.Of));

    [Fact]
    public void Read_EndlessStream_IsRefused()
    {
        using var endless = new EndlessStream();

        var fault = Assert.Throws<PlacedException>(() => JsonField.Read(endless, 1_000_000, PlacedException.Of));

        Assert.Contains("1000000 bytes", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"a\": {\"b\": [1, \"x\"]}}", "a.b[1]", "found a text, expected a whole number from 0 to 9.")]
    [InlineData("{\"a\": {\"b\": [1, 10]}}", "a.b[1]", "found the number 10, expected a whole number from 0 to 9.")]
    [InlineData("{\"a\": {\"b\": {}}}", "a.b", "found an object, expected a list.")]
    [InlineData("{\"a\": {}}", "a.b", "is missing.")]
    [InlineData("{\"a\": {\"b\": null}}", "a.b", "is missing.")]
    [InlineData("{\"a\": []}", "a", "found a list, expected an object.")]
    public void Get_SomethingElse_NamesPlaceFoundAndExpected(string json, string path, string problem)
    {
        var fault = Assert.Throws<PlacedException>(() => Parse(json).Get("a").Get("b").Items().Select(static item => item.WholeNumber(0, 9)).ToList());

        Assert.Equal((path, problem), (fault.Place.Path, fault.Message));
    }

    [Fact]
    public void Only_MisspeltMember_NamesTheNearest()
    {
        var fault = Assert.Throws<PlacedException>(() => Parse("{\"rowss\": 1}").Only("rows", "texts"));

        Assert.Equal("rowss", fault.Place.Path);
        Assert.Contains("Did you mean 'rows'?", fault.Message, StringComparison.Ordinal);
    }

    private static JsonField Parse(string json) => JsonField.Parse(Encoding.UTF8.GetBytes(json), PlacedException.Of);

    private sealed class PlacedException(JsonPlace place, string problem) : Exception(problem)
    {
        public JsonPlace Place { get; } = place;

        public static PlacedException Of(JsonPlace place, string problem) => new PlacedException(place, problem);
    }

    private sealed class EndlessStream : MemoryStream
    {
        public override int Read(Span<byte> buffer)
        {
            buffer.Fill((byte)' ');
            return buffer.Length;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
    }
}
