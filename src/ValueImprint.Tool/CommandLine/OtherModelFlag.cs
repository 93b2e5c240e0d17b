namespace ValueImprint.Tool.CommandLine;

/// <summary><c>--allow-other-model</c>.</summary>
internal static class OtherModelFlag
{
    public const string Name = "--allow-other-model";

    public static ToolFlag Create() => new(Name, "Go on although another model or taxonomy made the baseline: what moved may be the model's doing");
}
