using System.Globalization;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Datasets.Tests;

public sealed class NearDuplicateTests
{
    private const int Words = 400;
    private const int Shingle = 5;

    [Theory]
    [InlineData("One two three, four five six seven.", "ONE two -- three four; five six\nseven")]
    [InlineData("Hi!", "hi")]
    [InlineData("Cafe\u0301 au lait", "Caf\u00e9 au lait")]
    public void TryAdd_SameWords_IsANearDuplicate(string one, string other)
    {
        var filter = new NearDuplicateFilter();

        Assert.True(filter.TryAdd(Record(one)));
        Assert.False(filter.TryAdd(Record(other)));
        Assert.Equal(1, filter.Distinct);
    }

    [Theory]
    [InlineData("one two three four five", "five four three two one")]
    [InlineData("hi", "bye")]
    [InlineData("?", "!")]
    public void TryAdd_OtherWordsOrOrderOrNone_IsKept(string one, string other)
    {
        var filter = new NearDuplicateFilter();

        Assert.True(filter.TryAdd(Record(one)));
        Assert.True(filter.TryAdd(Record(other)));
    }

    [Fact]
    public void TryAdd_SidesOfAPairExchanged_IsKept()
    {
        var filter = new NearDuplicateFilter();

        Assert.True(filter.TryAdd(Pair("one two three four five six", "seven eight nine ten eleven twelve")));
        Assert.True(filter.TryAdd(Pair("seven eight nine ten eleven twelve", "one two three four five six")));
        Assert.False(filter.TryAdd(Pair("One, two, three, four, five, six", "seven eight nine ten eleven twelve")));
    }

    [Fact]
    public void TryAdd_ResemblesOnlyANearDuplicate_IsKept()
    {
        var random = new Random(1);
        var first = Text(random);
        var kept = 0;
        var filter = new NearDuplicateFilter();
        var words = first.ToArray();

        // Each differs from the one before by a few words, and ever more from the first.
        for (var step = 0; step < 60; step++)
        {
            kept += filter.TryAdd(Record(string.Join(' ', words))) ? 1 : 0;
            Replace(random, words, step * 6 % Words, 6);
        }

        Assert.InRange(kept, 2, 20);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.65)]
    [InlineData(0.75)]
    [InlineData(0.85)]
    public void TryAdd_TextsOfAKnownSimilarity_AreFoundAsOftenAsTheFormulaSays(double wanted)
    {
        const int rounds = 400, seed = 20;
        var random = new Random(seed);
        const int shingles = Words - Shingle + 1;
        var changed = (int)Math.Round(shingles * (1 - wanted) / (1 + wanted));
        var similarity = (double)(shingles - changed) / (shingles + changed);
        var found = 0;
        for (var round = 0; round < rounds; round++)
        {
            var filter = new NearDuplicateFilter();
            var words = Text(random);
            filter.TryAdd(Record(string.Join(' ', words)));
            Replace(random, words, 100, changed - Shingle + 1);
            found += filter.TryAdd(Record(string.Join(' ', words))) ? 0 : 1;
        }

        var expected = 1 - Math.Pow(1 - Math.Pow(similarity, 8), 14);
        var deviation = Math.Sqrt(expected * (1 - expected) / rounds);
        Assert.True(Math.Abs((double)found / rounds - expected) < 4 * deviation, $"seed {seed}: found {found} of {rounds}, expected {expected:P1}");
    }

    [Fact]
    public void TryAdd_ManyDifferentTexts_AreAllKept()
    {
        var random = new Random(3);
        var filter = new NearDuplicateFilter();
        for (var row = 0; row < 5000; row++)
        {
            Assert.True(filter.TryAdd(Record(string.Join(' ', Text(random, 30)))));
        }
    }

    [Fact]
    public void TryAdd_MoreThanTheLimit_SaysSo()
    {
        var filter = new NearDuplicateFilter(2);
        filter.TryAdd(Record("one"));
        filter.TryAdd(Record("two"));

        Assert.False(filter.TryAdd(Record("two")));
        var fault = Assert.Throws<DatasetException>(() => filter.TryAdd(Record("three")));
        Assert.Equal(DatasetProblem.LimitReached, fault.Problem);
    }

    private static string[] Text(Random random, int words = Words) =>
        [.. Enumerable.Range(0, words).Select(_ => random.NextInt64().ToString(CultureInfo.InvariantCulture))];

    private static void Replace(Random random, string[] words, int from, int count)
    {
        for (var index = from; index < Math.Min(from + count, words.Length); index++)
        {
            words[index] = random.NextInt64().ToString(CultureInfo.InvariantCulture);
        }
    }

    private static DatasetRecord Record(string text) => new("a.jsonl", 1, 1, null, null, [new ScopedText(TextScope.Response, text)]);

    private static DatasetRecord Pair(string chosen, string rejected) =>
        new("a.jsonl", 1, 1, null, null, [new ScopedText(TextScope.Chosen, chosen), new ScopedText(TextScope.Rejected, rejected)]);
}
