using Microsoft.Extensions.Configuration;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Server.Configuration;

/// <summary>The command line of a server, taken apart.</summary>
internal sealed class ServerArguments
{
    // Ends every member of a list given on the command line, so that a path may hold a semicolon there.
    internal const char ListSeparator = '\n';

    private readonly Dictionary<string, string?> _settings = new(StringComparer.OrdinalIgnoreCase);

    public bool Help { get; private set; }

    public bool Version { get; private set; }

    public List<string> ConfigurationFiles { get; } = [];

    /// <exception cref="ServerOptionsException">An unknown switch, or one without its value.</exception>
    public static ServerArguments Parse(IReadOnlyList<string> args)
    {
        var parsed = new ServerArguments();
        for (var i = 0; i < args.Count; i++)
        {
            var equals = args[i].IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? args[i] : args[i][..equals];
            var given = equals < 0 ? null : args[i][(equals + 1)..];
            if (parsed.TakeFlag(name, given))
            {
                continue;
            }

            RefuseUnknown(name);
            if (given is null && ++i == args.Count)
            {
                throw new ServerOptionsException($"{name} needs a value after it.");
            }

            parsed.Take(name, given ?? args[i]);
        }

        return parsed;
    }

    /// <summary>
    /// The configuration of a server, the later source winning: <c>appsettings.json</c> beside the executable, the files named by
    /// <c>--config</c>, the environment, the command line. Never the current directory: it may be another project's.
    /// </summary>
    /// <exception cref="ServerOptionsException">A configuration file is missing or malformed.</exception>
    public IConfigurationRoot BuildConfiguration()
    {
        var builder = new ConfigurationBuilder();
        builder.AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true, reloadOnChange: false);
        foreach (var file in ConfigurationFiles)
        {
            builder.AddJsonFile(Path.GetFullPath(file), optional: false, reloadOnChange: false);
        }

        try
        {
            return builder.AddEnvironmentVariables().AddInMemoryCollection(_settings).Build();
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new ServerOptionsException(fault.InnerException is null ? fault.Message : $"{fault.Message} {fault.InnerException.Message}");
        }
    }

    private bool TakeFlag(string name, string? given)
    {
        switch (name)
        {
            case "--help" or "-h" or "-?":
                return Help = true;
            case "--version":
                return Version = true;
            default:
                if (!ServerOption.BySwitch.TryGetValue(name, out var option) || !option.IsFlag)
                {
                    return false;
                }

                _settings[$"{ServerOptions.SectionName}:{option.Name}"] = given ?? "true";
                return true;
        }
    }

    // Names with a colon are configuration keys of the framework, such as --Kestrel:Certificates:Default:Path.
    private static void RefuseUnknown(string name)
    {
        string[] others = ["--config", "--urls", "--help", "--version"];
        var isKey = name.StartsWith("--", StringComparison.Ordinal) && name.Contains(':', StringComparison.Ordinal);
        if (!isKey && !ServerOption.BySwitch.ContainsKey(name) && !others.Contains(name))
        {
            throw new ServerOptionsException(
                $"'{name}' is no option.{NearestWord.Hint(name, ServerOption.BySwitch.Keys.Concat(others))} --help lists them all.");
        }
    }

    private void Take(string name, string value)
    {
        if (name == "--config")
        {
            ConfigurationFiles.Add(value);
        }
        else if (name == "--urls")
        {
            Append(ServerOption.BySwitch["--listen"], string.Join(ListSeparator, value.Split(';')));
        }
        else if (!ServerOption.BySwitch.TryGetValue(name, out var option))
        {
            _settings[name[2..]] = value;
        }
        else if (option.IsList)
        {
            Append(option, value);
        }
        else
        {
            _settings[$"{ServerOptions.SectionName}:{option.Name}"] = value;
        }
    }

    private void Append(ServerOption option, string member)
    {
        var key = $"{ServerOptions.SectionName}:{option.Name}";
        _settings[key] = _settings.GetValueOrDefault(key) + member + ListSeparator;
    }
}
