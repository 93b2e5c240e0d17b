using ValueImprint.Core.Estimation;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Core.Tests.Estimation;

/// <summary>
/// A classifier of the seven values that is right about three times in four, surer of itself where it is right, and whose errors were
/// counted on a validation set that it draws.
/// </summary>
internal sealed class SimulatedClassifier
{
    private const int Values = 7;
    private const int Bins = 4;

    private static readonly float[] _scores = [0.2f, 0.4f, 0.6f, 0.9f];

    private readonly double[][] _cells;
    private readonly ConfusionMatrix _confusion;

    public SimulatedClassifier(SeededRandom random, int validationTexts)
    {
        _cells = [.. Enumerable.Range(0, Values).Select(CellsOf)];
        var counts = new long[Values * Values * Bins];
        for (var text = 0; text < validationTexts; text++)
        {
            var value = text % Values;
            counts[value * Values * Bins + Draw(_cells[value], random)]++;
        }

        _confusion = new ConfusionMatrix(Values, counts);
    }

    public static double[] RandomMixture(SeededRandom random)
    {
        // Uniform over all mixtures, so that most lie far from the validation set's.
        var weights = Enumerable.Range(0, Values).Select(_ => random.NextGamma(1)).ToArray();
        var sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }

    public Imprint Audit(double[] mixture, int texts, SeededRandom random)
    {
        var builder = new ImprintBuilder(SampleImprints.Model with { Confusion = _confusion }, SampleImprints.Seven);
        builder.AddFile("a", 1, "x");
        for (var text = 0; text < texts; text++)
        {
            var cell = Draw(_cells[Draw(mixture, random)], random);
            builder.AddRow(0, [SampleImprints.Text(TextScope.Chosen, cell / Bins, score: _scores[cell % Bins])]);
        }

        return builder.Build(SampleImprints.Run);
    }

    private static double[] CellsOf(int value)
    {
        double[] right = [0.1, 0.2, 0.3, 0.4];
        double[] wrong = [0.4, 0.3, 0.2, 0.1];
        var cells = new double[Values * Bins];
        for (var predicted = 0; predicted < Values; predicted++)
        {
            // Neighbours are confused more than others.
            var share = predicted == value ? 0.75 : predicted == (value + 1) % Values ? 0.15 : 0.10 / (Values - 2);
            for (var bin = 0; bin < Bins; bin++)
            {
                cells[predicted * Bins + bin] = share * (predicted == value ? right : wrong)[bin];
            }
        }

        return cells;
    }

    private static int Draw(double[] shares, SeededRandom random)
    {
        var chance = random.NextDouble() * shares.Sum();
        for (var index = 0; index < shares.Length; index++)
        {
            chance -= shares[index];
            if (chance < 0)
            {
                return index;
            }
        }

        return shares.Length - 1;
    }
}
