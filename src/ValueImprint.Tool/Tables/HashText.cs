namespace ValueImprint.Tool.Tables;

/// <summary>Hashes for the eye.</summary>
internal static class HashText
{
    private const int Length = 12;

    /// <summary>The first digits.</summary>
    public static string Start(string hash) => hash[..Math.Min(Length, hash.Length)];
}
