using System.Globalization;
using Microsoft.Extensions.Configuration;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Server.Configuration;

/// <summary>Reads <see cref="ServerOptions"/> from a configuration; a name or value that it can't use is an error.</summary>
internal static class ServerOptionsReader
{
    /// <exception cref="ServerOptionsException">An unknown name, or a value of the wrong form.</exception>
    public static ServerOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(ServerOptions.SectionName);
        var options = new ServerOptions();
        var faults = new List<string>();
        foreach (var child in section.GetChildren())
        {
            var option = ServerOption.All.FirstOrDefault(known => known.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase));
            if (option is null)
            {
                faults.Add($"{child.Path}: no such option.{NearestWord.Hint(child.Key, ServerOption.All.Select(static known => known.Name))}");
            }
            else if (TryParse(option, child, out var value))
            {
                option.Property.SetValue(options, value);
            }
            else
            {
                faults.Add($"{child.Path} is '{child.Value}', expected {option.Expected}.");
            }
        }

        return faults.Count == 0 ? options : throw new ServerOptionsException(string.Join(Environment.NewLine, faults));
    }

    private static bool TryParse(ServerOption option, IConfigurationSection section, out object? value)
    {
        value = null;
        if (option.IsList)
        {
            value = ReadList(section);
            return true;
        }

        if (section.Value is not { } text || section.GetChildren().Any())
        {
            return false;
        }

        value = ParseValue(option, text, out var isParsed);
        return isParsed && option.InRange(value);
    }

    private static object? ParseValue(ServerOption option, string text, out bool isParsed)
    {
        isParsed = true;
        if (option.ValueType == typeof(string))
        {
            return text.Length == 0 ? null : text;
        }

        if (option.IsFlag)
        {
            isParsed = bool.TryParse(text, out var flag);
            return flag;
        }

        if (option.ValueType == typeof(TimeSpan))
        {
            isParsed = Duration.TryParse(text, out var duration);
            return duration;
        }

        if (option.ValueType.IsEnum)
        {
            // By name alone: Enum.TryParse would take any number.
            isParsed = Enum.GetNames(option.ValueType).Contains(text, StringComparer.OrdinalIgnoreCase);
            return isParsed ? Enum.Parse(option.ValueType, text, ignoreCase: true) : null;
        }

        isParsed = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && (option.ValueType == typeof(long) || (int)number == number);
        return isParsed ? Convert.ChangeType(number, option.ValueType, CultureInfo.InvariantCulture) : null;
    }

    // A single value wins over members: the command line replaces a file's list, it doesn't overwrite a part of it.
    private static string[] ReadList(IConfigurationSection section)
    {
        const StringSplitOptions Clean = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        if (string.IsNullOrEmpty(section.Value))
        {
            return [.. section.GetChildren().Select(static member => member.Value).OfType<string>()];
        }

        var isCommandLine = section.Value.Contains(ServerArguments.ListSeparator, StringComparison.Ordinal);
        return section.Value.Split(isCommandLine ? ServerArguments.ListSeparator : ';', Clean);
    }
}
