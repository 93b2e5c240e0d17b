using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Server.Configuration;

/// <summary>One property of <see cref="ServerOptions"/>, under all its names.</summary>
public sealed partial class ServerOption
{
    private readonly ServerOptionAttribute _attribute;

    private ServerOption(PropertyInfo property)
    {
        Property = property;
        _attribute = property.GetCustomAttribute<ServerOptionAttribute>()
            ?? throw new InvalidOperationException($"ServerOptions.{property.Name} lacks its [ServerOption].");
        Switch = "--" + (_attribute.Switch ?? WordStart().Replace(property.Name, "-$0").ToLowerInvariant());
        DefaultText = _attribute.DefaultText ?? Describe(property.GetValue(new ServerOptions()));
    }

    /// <summary>Every option, in the order of their declaration.</summary>
    public static IReadOnlyList<ServerOption> All { get; } =
        [.. typeof(ServerOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .OrderBy(static property => property.MetadataToken).Select(static property => new ServerOption(property))];

    /// <summary>By <see cref="Switch"/>.</summary>
    internal static FrozenDictionary<string, ServerOption> BySwitch { get; } = All.ToFrozenDictionary(static option => option.Switch);

    /// <summary>Name in a configuration file, such as <c>QueueLength</c>.</summary>
    public string Name => Property.Name;

    /// <summary>Name on the command line, such as <c>--queue-length</c>.</summary>
    public string Switch { get; }

    /// <summary>Name in the environment, such as <c>VALUEIMPRINT__QUEUELENGTH</c>.</summary>
    public string Variable => $"{ServerOptions.SectionName}__{Name}".ToUpperInvariant();

    /// <summary>One line for a person.</summary>
    public string Description => _attribute.Description;

    /// <summary>The default, as help shows it.</summary>
    public string DefaultText { get; }

    internal PropertyInfo Property { get; }

    internal bool IsFlag => Property.PropertyType == typeof(bool);

    internal bool IsNumber => ValueType == typeof(int) || ValueType == typeof(long);

    internal bool IsList => Property.PropertyType == typeof(IReadOnlyList<string>);

    /// <summary>What a value has to look like, for help and errors.</summary>
    public string Expected => ValueType switch
    {
        _ when IsNumber => string.Create(
            CultureInfo.InvariantCulture, $"a whole number from {_attribute.Minimum:#,0} to {_attribute.Maximum:#,0}"),
        var type when type == typeof(TimeSpan) => $"a duration from {Seconds(_attribute.Minimum)} to {Seconds(_attribute.Maximum)}, such as 500ms, 30s, 10m, 1h",
        var type when type == typeof(bool) => "true or false",
        { IsEnum: true } type => string.Join(" or ", Enum.GetNames(type).Select(static name => name.ToLowerInvariant())),
        _ => IsList ? "one or several, separated by ';'" : "a text",
    };

    /// <summary>The property's type without its nullability.</summary>
    internal Type ValueType => Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType;

    internal bool InRange(object? value) => value switch
    {
        int or long => InRange(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        TimeSpan duration => InRange(duration.TotalSeconds),
        _ => true,
    };

    private bool InRange(double value) => value >= _attribute.Minimum && value <= _attribute.Maximum;

    private static string Seconds(double seconds) => Duration.Format(TimeSpan.FromSeconds(seconds));

    internal static string Describe(object? value) => value switch
    {
        null => "none",
        int or long => ((IFormattable)value).ToString("#,0", CultureInfo.InvariantCulture),
        TimeSpan duration => duration == TimeSpan.Zero ? "0" : Duration.Format(duration),
        bool flag => flag ? "true" : "false",
        IReadOnlyList<string> list => string.Join(';', list),
        Enum choice => choice.ToString().ToLowerInvariant(),
        _ => value.ToString() ?? "",
    };

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex WordStart();
}
