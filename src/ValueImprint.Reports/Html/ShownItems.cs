namespace ValueImprint.Reports.Html;

/// <summary>What a table shows of a ranking that may be long: its beginning and its end.</summary>
/// <param name="First">The first ones; all of them where they fit.</param>
/// <param name="Last">The last ones.</param>
/// <param name="LeftOut">How many stand between.</param>
internal sealed record ShownItems<T>(IReadOnlyList<T> First, IReadOnlyList<T> Last, int LeftOut)
{
    public static ShownItems<T> Of(IReadOnlyList<T> ranking, int most)
    {
        if (ranking.Count <= most)
        {
            return new ShownItems<T>(ranking, [], 0);
        }

        var last = most / 3;
        return new ShownItems<T>([.. ranking.Take(most - last)], [.. ranking.Skip(ranking.Count - last)], ranking.Count - most);
    }
}
