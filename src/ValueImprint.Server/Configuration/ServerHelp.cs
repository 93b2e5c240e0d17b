using System.Globalization;
using System.Text;

namespace ValueImprint.Server.Configuration;

/// <summary>What <c>--help</c> prints, made from the options themselves.</summary>
internal static class ServerHelp
{
    public static string Text()
    {
        var text = new StringBuilder();
        text.AppendLine("Classifies texts by the human values in them, over gRPC.");
        text.AppendLine();
        text.AppendLine("Usage: valueimprint serve [options]");
        text.AppendLine();
        foreach (var option in ServerOption.All)
        {
            AppendRow(text, option.Switch + (option.IsFlag ? "" : " VALUE"), option.Description);
            AppendRow(text, "", $"Default: {option.DefaultText}");
        }

        AppendRow(text, "--config FILE", "A JSON file with sections ValueImprint, Kestrel and Logging");
        AppendRow(text, "--KEY:SUBKEY VALUE", "Any setting of those sections, such as --Kestrel:Certificates:Default:Path");
        text.AppendLine();
        text.AppendLine("The same options in a file are members of \"ValueImprint\" (QueueLength), in the environment VALUEIMPRINT__QUEUELENGTH.");
        text.Append("Exit codes: 0 stopped, 2 wrong options, 3 no model or no address, 70 internal fault, 130 forced by a second signal.");
        return text.ToString();
    }

    private static void AppendRow(StringBuilder text, string left, string right) =>
        text.AppendLine(CultureInfo.InvariantCulture, $"  {left,-34}{right}.");
}
