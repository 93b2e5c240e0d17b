namespace ValueImprint.Core.Tests.Estimation;

/// <summary>Multinomial logistic regression over hashed n-grams, trained by AdaGrad: a stand-in for a model, trained in a minute.</summary>
internal sealed class LinearClassifier
{
    private const int Values = 7;
    private const int Epochs = 6;
    private const float Rate = 0.35f;

    private readonly float[] _weights = new float[AnnotatedTexts.Features * Values];
    private readonly float[] _squares = new float[AnnotatedTexts.Features * Values];

    public LinearClassifier(AnnotatedText[] texts, Random random)
    {
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            random.Shuffle(texts);
            Array.ForEach(texts, Learn);
        }
    }

    public float[] Classify(AnnotatedText text)
    {
        var scores = new double[Values];
        foreach (var feature in text.Features)
        {
            for (var value = 0; value < Values; value++)
            {
                scores[value] += _weights[feature * Values + value];
            }
        }

        var scale = Math.Sqrt(Math.Max(1, text.Features.Length));
        var highest = scores.Max();
        double[] powers = [.. scores.Select(score => Math.Exp((score - highest) / scale))];
        return [.. powers.Select(power => (float)(power / powers.Sum()))];
    }

    private void Learn(AnnotatedText text)
    {
        var scores = Classify(text);
        var scale = (float)Math.Sqrt(Math.Max(1, text.Features.Length));
        for (var value = 0; value < Values; value++)
        {
            var slope = (scores[value] - (value == text.Value ? 1 : 0)) / scale;
            foreach (var feature in text.Features)
            {
                var index = feature * Values + value;
                _squares[index] += slope * slope;
                _weights[index] -= Rate * slope / MathF.Sqrt(_squares[index] + 1e-3f);
            }
        }
    }
}
