using System.Collections;
using Microsoft.Extensions.Configuration;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Server.Hosting;

namespace ValueImprint.Server.Configuration;

/// <summary>The server was told something that it can't be started with. The message names every fault, a line each.</summary>
internal sealed class ServerOptionsException(string message) : Exception(message);

/// <summary>
/// All that a server is told, from files, environment and command line, and <see cref="ServerOptions"/> made of it. A name or a value that
/// can't be used is an error, whichever road it came.
/// </summary>
internal static class ServerConfiguration
{
    /// <summary>The section that holds the options.</summary>
    public const string Section = "ValueImprint";

    // Between the members of a list that is one value: no path holds it.
    private const char ListSeparator = '\n';

    private static readonly string[] Sections = [Section, "Kestrel", "Logging"];

    /// <summary>
    /// The configuration of a server, the later source winning: <c>appsettings.json</c> beside the executable, the files named, the
    /// environment, the command line. Never the current directory: it may be another project's.
    /// </summary>
    /// <param name="files">Configuration files, JSON.</param>
    /// <param name="settings">Further settings, <c>KEY=VALUE</c>.</param>
    /// <param name="options">Values by the option's switch.</param>
    /// <exception cref="ServerOptionsException">A file is missing or malformed, or a name is unknown.</exception>
    public static IConfigurationRoot Build(
        IEnumerable<string> files, IEnumerable<string> settings, IReadOnlyDictionary<string, IReadOnlyList<string>> options)
    {
        var faults = new List<string>();
        var builder = new ConfigurationBuilder();
        AddFile(builder, Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true, faults);
        foreach (var file in files)
        {
            AddFile(builder, Path.GetFullPath(file), optional: false, faults);
        }

        builder.AddEnvironmentVariables();
        builder.AddInMemoryCollection(ReadEnvironment(Environment.GetEnvironmentVariables(), faults));
        builder.AddInMemoryCollection(ReadSettings(settings, faults));
        builder.AddInMemoryCollection(ServerOption.All.Where(option => options.ContainsKey(option.Switch)).Select(option =>
            KeyValuePair.Create($"{Section}:{option.Key}", (string?)string.Join(ListSeparator, options[option.Switch]))));
        Refuse(faults);
        return builder.Build();
    }

    /// <exception cref="ServerOptionsException">An unknown name, a value of the wrong form or out of range, or options that contradict.</exception>
    public static ServerOptions Read(IConfiguration configuration)
    {
        var options = new ServerOptions();
        var faults = new List<string>();
        foreach (var child in configuration.GetSection(Section).GetChildren())
        {
            var option = ServerOption.All.FirstOrDefault(known => known.Key.Equals(child.Key, StringComparison.OrdinalIgnoreCase));
            if (option is null)
            {
                faults.Add($"{child.Path}: no such option.{NearestWord.Hint(child.Key, ServerOption.All.Select(static known => known.Key))}");
            }
            else if (option.IsList)
            {
                // One value wins over members: the command line replaces a file's list, it doesn't overwrite a part of it.
                option.Set(options, string.IsNullOrEmpty(child.Value)
                    ? [.. child.GetChildren().Select(static member => member.Value).OfType<string>()]
                    : child.Value.Split(ListSeparator));
            }
            else if (child.Value is not { } text || child.GetChildren().Any() || !option.TrySet(options, text))
            {
                faults.Add($"{option.Switch} ({child.Path}) is '{child.Value}', expected {option.Expected}.");
            }
        }

        Refuse(faults);
        return options;
    }

    /// <summary>Refuses options that can't work, before anything is started.</summary>
    /// <exception cref="ServerOptionsException">With all faults found, a line each.</exception>
    public static void Check(ServerOptions options, IConfiguration configuration)
    {
        var faults = ServerOption.All.Where(option => !option.IsInRange(options))
            .Select(option => $"{option.Key} is {option.DescribeIn(options)}, expected {option.Expected}.").ToList();
        CheckPair(nameof(options.MaxTextsPerCall), nameof(options.QueueLength), options.MaxTextsPerCall > options.QueueLength, "a full call could never be queued.");
        CheckPair(nameof(options.MaxTextBytes), nameof(options.MaxMessageBytes), options.MaxTextBytes > options.MaxMessageBytes, "such a text could never arrive.");
        ListenPlan.Check(options, configuration, faults);
        Refuse(faults);

        void CheckPair(string name, string other, bool isAbove, string consequence)
        {
            if (isAbove)
            {
                faults.Add($"{name} ({ValueOf(name)}) is above {other} ({ValueOf(other)}): {consequence}");
            }
        }

        string ValueOf(string key) => ServerOption.All.Single(option => option.Key == key).DescribeIn(options);
    }

    private static void AddFile(ConfigurationBuilder builder, string path, bool optional, List<string> faults)
    {
        try
        {
            var file = new ConfigurationBuilder().AddJsonFile(path, optional, reloadOnChange: false).Build();
            foreach (var section in file.GetChildren().Where(static section => !Sections.Contains(section.Key, StringComparer.OrdinalIgnoreCase)))
            {
                faults.Add($"{path}: there is no section '{section.Key}'.{NearestWord.Hint(section.Key, Sections)} Expected {string.Join(", ", Sections)}.");
            }

            builder.AddConfiguration(file);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            faults.Add(fault.InnerException is null ? fault.Message : $"{fault.Message} {fault.InnerException.Message}");
        }
    }

    private static Dictionary<string, string?> ReadEnvironment(IDictionary environment, List<string> faults)
    {
        var found = new Dictionary<string, string?>();
        foreach (var (name, value) in environment.Cast<DictionaryEntry>().Select(static entry => ((string)entry.Key, (string?)entry.Value)))
        {
            if (name.StartsWith($"{Section}__", StringComparison.OrdinalIgnoreCase))
            {
                faults.Add($"{name}: variables of options have the form {ServerOption.VariablePrefix}QUEUE_LENGTH; --help lists them all.");
            }
            else if (name.StartsWith(ServerOption.VariablePrefix, StringComparison.OrdinalIgnoreCase))
            {
                var option = ServerOption.All.FirstOrDefault(known => known.Variable.Equals(name, StringComparison.OrdinalIgnoreCase));
                if (option is null)
                {
                    faults.Add($"{name}: no such option.{NearestWord.Hint(name, ServerOption.All.Select(static known => known.Variable))}");
                }
                else if (!string.IsNullOrEmpty(value))
                {
                    found[$"{Section}:{option.Key}"] = option.IsList ? value.Replace(';', ListSeparator) : value;
                }
            }
        }

        return found;
    }

    private static Dictionary<string, string?> ReadSettings(IEnumerable<string> settings, List<string> faults)
    {
        var found = new Dictionary<string, string?>();
        foreach (var setting in settings)
        {
            var (key, equals) = (setting.Split('=')[0], setting.IndexOf('=', StringComparison.Ordinal));
            if (equals < 0 || !Sections.Contains(key.Split(':')[0], StringComparer.OrdinalIgnoreCase))
            {
                faults.Add($"--set {key}: expected SECTION:KEY=VALUE with a section of {string.Join(", ", Sections)}.");
            }
            else
            {
                found[key] = setting[(equals + 1)..];
            }
        }

        return found;
    }

    private static void Refuse(List<string> faults)
    {
        if (faults.Count > 0)
        {
            throw new ServerOptionsException(string.Join(Environment.NewLine, faults));
        }
    }
}

/// <summary>The server's options are in order, but it can't start: no model, a taken address. The message says what to do.</summary>
public sealed class ServerStartException : Exception
{
    /// <summary>With what was found and what to do.</summary>
    public ServerStartException(string message)
        : base(message)
    {
    }

    /// <summary>With what was found and what to do, and the fault behind it.</summary>
    public ServerStartException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
