namespace ValueImprint.Inference.Execution;

/// <summary>
/// Cuts the memory of the texts' scores from blocks, so that not each text has an array of its own. A block lives as long as the last
/// outcome that has a piece of it; none is written to twice. Not safe for concurrent use.
/// </summary>
/// <param name="scores">Scores of a text, from 1.</param>
internal sealed class ScoreBlocks(int scores)
{
    // An outcome that is kept keeps its block: 4 KB at most, where a text's own scores are not more already.
    private const int MostScoresOfBlock = 1024;

    private readonly int _size = Math.Max(1, MostScoresOfBlock / scores) * scores;
    private Memory<float> _rest;

    /// <summary>Memory for one text's scores, zero.</summary>
    public Memory<float> Next()
    {
        if (_rest.IsEmpty)
        {
            _rest = new float[_size];
        }

        var next = _rest[..scores];
        _rest = _rest[scores..];
        return next;
    }
}
