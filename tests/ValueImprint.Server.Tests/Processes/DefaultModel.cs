using ValueImprint.Core;

namespace ValueImprint.Server.Tests.Processes;

/// <summary>The model packages that the repository brings along.</summary>
internal static class DefaultModel
{
    public static string Folder(string name = BuiltInModels.Default)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ValueImprint.sln")))
        {
            folder = folder.Parent;
        }

        var model = Path.Combine(folder?.FullName ?? "/", "src", "ValueImprint.Inference", "DefaultModel", "value-imprint-" + name);
        Assert.SkipUnless(File.Exists(Path.Combine(model, "config.json")), $"There is no model package in {model}.");
        return model;
    }
}
