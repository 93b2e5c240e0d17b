namespace ValueImprint.Datasets.Tests;

/// <summary>The real datasets beside the repository; their texts never go into it, nor into a message.</summary>
internal static class RealData
{
    public static string Require(string relative)
    {
        var path = Path.Combine(Root(), relative);
        Assert.SkipUnless(File.Exists(path), $"{relative} is not there; set VALUEIMPRINT_DATA to the folder that holds it.");
        return path;
    }

    private static string Root()
    {
        if (Environment.GetEnvironmentVariable("VALUEIMPRINT_DATA") is { Length: > 0 } named)
        {
            return named;
        }

        return Path.Combine(Path.GetDirectoryName(RepositoryRoot.Path) ?? "", "shared", "data");
    }
}
