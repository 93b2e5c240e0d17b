using ValueImprint.Auditing;
using ValueImprint.Core.Imprints;
using ValueImprint.Protocol.Mapping;
using ValueImprint.Protocol.V1;

namespace ValueImprint.Client.FakeServer;

/// <summary>Clients of fake servers, with pauses that don't make tests slow.</summary>
public static class Clients
{
    public static ClientOptions Options(params FakeHost[] hosts) => Options([.. hosts.Select(static host => host.Address)]);

    public static ClientOptions Options(params string[] addresses)
    {
        return new ClientOptions
        {
            Servers = ServerAddress.TryParseList(string.Join(',', addresses), out var servers, out var problem) ? servers : throw new ArgumentException(problem),
            FirstPause = TimeSpan.FromMilliseconds(5),
            LongestPause = TimeSpan.FromMilliseconds(50),
        };
    }

    public static async IAsyncEnumerable<int> Numbers(int count, Action<int>? onRead = null)
    {
        for (var i = 0; i < count; i++)
        {
            onRead?.Invoke(i);
            yield return i;
        }

        await Task.CompletedTask;
    }

    public static string TextOf(int number) => $"text {number}";

    public static TextOutcome OutcomeOf(int number) => FakeModel.Classify(new TextItem { Text = TextOf(number) }).ToOutcome(FakeModel.Describe("").ToTaxonomyIdentity());

    /// <summary>Classifies numbered texts and checks that each comes once, in order, with its own result.</summary>
    public static async Task ClassifyAllAsync(ClassifierClient client, int count, ClassifyStreamOptions? options = null, CancellationToken ct = default)
    {
        var next = 0;
        await foreach (var (number, outcome) in client.ClassifyStreamAsync(Numbers(count), TextOf, options, ct: ct))
        {
            var expected = OutcomeOf(number);
            if (number != next++ || outcome.Stance != expected.Stance || !outcome.Scores.Span.SequenceEqual(expected.Scores.Span))
            {
                throw new InvalidOperationException($"Item {next - 1} came as item {number}, or with another one's outcome.");
            }
        }

        if (next != count)
        {
            throw new InvalidOperationException($"{next} of {count} outcomes came.");
        }
    }
}
