using System.Reflection;
using ValueImprint.Core.Diagnostics;

namespace ValueImprint.Core.Tests.Diagnostics;

public sealed class DiagnosticCatalogueTests
{
    [Fact]
    public void All_EveryCodeDefined_IsListedOnceInOrder()
    {
        var defined = typeof(DiagnosticCatalogue).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(static field => field.FieldType == typeof(DiagnosticCode))
            .Select(static field => Assert.IsType<DiagnosticCode>(field.GetValue(null)))
            .OrderBy(static code => code.Id, StringComparer.Ordinal);

        Assert.Equal(defined, DiagnosticCatalogue.All);
        Assert.Equal(DiagnosticCatalogue.All.Count, DiagnosticCatalogue.All.DistinctBy(static code => code.Id).Count());
    }

    [Fact]
    public void All_EveryCode_HasTheFormOfItsKind()
    {
        Assert.All(DiagnosticCatalogue.All, static code =>
        {
            Assert.Matches("^VI[01239][0-9]{3}$", code.Id);
            Assert.True(Enum.IsDefined(code.Kind));
            Assert.False(code.Title.EndsWith('.'));
            Assert.EndsWith(".", code.Explanation, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void HelpPage_Text_IsThatOfTheCatalogue() => Snapshot.Match(DiagnosticsPage.Write(), DiagnosticCatalogue.HelpPage);

    [Fact]
    public void ToString_WithoutFile_NamesTheToolAsOrigin() => Assert.Equal(
        "valueimprint: error VI9001: Oh.",
        Diagnostic.Error(DiagnosticCatalogue.InternalFault, default, "Oh.").ToString());
}
