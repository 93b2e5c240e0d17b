using System.Globalization;
using System.Runtime.CompilerServices;

namespace ValueImprint.TestSupport;

/// <summary>Runs every test under a culture with decimal commas, so that a number printed or read by the machine's culture shows.</summary>
/// <remarks>Compiled into each test assembly: a module initializer runs when its own assembly is loaded.</remarks>
internal static class TestCulture
{
    // A module initializer in a test assembly runs before any test, which is the point.
#pragma warning disable CA2255
    [ModuleInitializer]
    internal static void UseDecimalCommas()
    {
        var german = new CultureInfo("de-DE");
        CultureInfo.DefaultThreadCurrentCulture = german;
        CultureInfo.DefaultThreadCurrentUICulture = german;
        CultureInfo.CurrentCulture = german;
        CultureInfo.CurrentUICulture = german;
    }
#pragma warning restore CA2255
}
