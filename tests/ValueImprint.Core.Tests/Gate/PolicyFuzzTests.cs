using System.Text;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Tests.Gate;

public sealed class PolicyFuzzTests
{
    private const int Seed = 1234;

    private const string Good =
        """
        policy: 1
        taxonomy: value-imprint
        interval: 95%
        groups:
          prosocial: [well-being, justice, "Empathy/Helpfulness", civility]
        coverage:
          - value: justice            # or a group
            scope: chosen
            minimum: 2%
            judge: lower
          - {group: prosocial, scope: all, maximum: 1/2, level: warning}
        """;

    private static readonly Core.Imprints.Imprint _imprint = SampleImprints.Of(3, 10);

    private static readonly string[] _pieces =
    [
        "\n", "\t", ":", "- ", "[", "]", "{", "}", "\"", "'", "|", ">", "&a", "*a", "!!x", "%", "#", "~", "\0", "\u2028", "é", "policy",
        "minimum", "?", ",", "---\n", "...\n", "<<: ", "1e999", "\uFEFF", "\ud800", "@", "`", "\\x",
    ];

    [Fact]
    public void TryRead_MutatedPolicy_NeverThrowsAndAlwaysExplains()
    {
        var random = new Random(Seed);
        var refused = 0;
        for (var round = 0; round < 5000; round++)
        {
            var text = Mutate(random);
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
            Policy? policy = null;
            IReadOnlyList<Diagnostic> diagnostics = [];
            var fault = Record.Exception(() => Policy.TryRead(stream, "policy.yml", out policy, out diagnostics));

            Assert.True(fault is null, $"Seed {Seed}, round {round}: {fault}\n{text}");
            Assert.True(policy is null != (diagnostics.Count == 0), $"Seed {Seed}, round {round}: neither accepted nor explained.\n{text}");
            Assert.All(diagnostics, static diagnostic => Assert.DoesNotContain('\n', diagnostic.ToString()));
            refused += policy is null ? 1 : 0;
            if (policy is not null)
            {
                _ = GateEvaluator.Judge(_imprint, policy);
            }
        }

        Assert.True(refused > 1000, "The mutations hardly broke anything.");
    }

    private static string Mutate(Random random)
    {
        var text = new StringBuilder(Good);
        for (var change = random.Next(1, 5); change > 0; change--)
        {
            var at = random.Next(text.Length);
            switch (random.Next(3))
            {
                case 0:
                    text.Remove(at, Math.Min(random.Next(1, 8), text.Length - at));
                    break;
                case 1:
                    text.Insert(at, _pieces[random.Next(_pieces.Length)]);
                    break;
                default:
                    text.Append(text.ToString(at, Math.Min(random.Next(1, 40), text.Length - at)));
                    break;
            }
        }

        return text.ToString();
    }
}
