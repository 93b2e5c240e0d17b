using ValueImprint.Core.Estimation;

namespace ValueImprint.Core.Tests.Estimation;

/// <summary>Draws from a population of ones and zeros without replacement; nothing of its size is held.</summary>
internal sealed class RandomOrder(long population, long ones, ulong seed)
{
    private readonly SeededRandom _random = new(seed);
    private long _left = population;
    private long _ones = ones;

    public double Next()
    {
        var isOne = _random.NextDouble() * _left < _ones;
        _left--;
        _ones -= isOne ? 1 : 0;
        return isOne ? 1 : 0;
    }
}
