namespace ValueImprint.Core.Tests;

public sealed class BuiltInModelsTests
{
    [Theory]
    [InlineData("base", "value-imprint-base")]
    [InlineData("small", "value-imprint-small")]
    public void Find_Name_IsTheFolderBesideTheProgram(string name, string folder)
    {
        Assert.Equal(Path.Combine("program", "models", folder), BuiltInModels.Find(name, "program"));
        Assert.Contains(name, BuiltInModels.Names);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Base")]
    [InlineData("./small")]
    [InlineData("value-imprint-small")]
    public void Find_OtherText_IsNoBuiltInModel(string text) => Assert.Null(BuiltInModels.Find(text, "program"));
}
