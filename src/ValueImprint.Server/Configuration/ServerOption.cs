using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace ValueImprint.Server.Configuration;

/// <summary>
/// One property of <see cref="ServerOptions"/> under its three names, with what help, validation and errors say about it: the property's
/// attributes are the only source.
/// </summary>
internal sealed partial class ServerOption
{
    /// <summary>What the name of every option's environment variable begins with.</summary>
    public const string VariablePrefix = "VALUEIMPRINT_SERVE_";

    private readonly PropertyInfo _property;
    private readonly Type _type;
    private readonly IComparable? _minimum;
    private readonly IComparable? _maximum;

    private ServerOption(PropertyInfo property)
    {
        _property = property;
        _type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        Key = property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name ?? property.Name;
        var words = WordStart().Replace(Key, "-$0");
        Switch = "--" + words.ToLowerInvariant();
        Variable = VariablePrefix + words.Replace('-', '_').ToUpperInvariant();
        Description = property.GetCustomAttribute<DescriptionAttribute>()?.Description
            ?? throw new InvalidOperationException($"ServerOptions.{property.Name} lacks its [Description].");
        DefaultText = property.GetCustomAttribute<DefaultValueAttribute>()?.Value as string ?? Describe(property.GetValue(new ServerOptions()));
        if (property.GetCustomAttribute<RangeAttribute>() is { } range)
        {
            (_minimum, _maximum) = (ReadBound(range.Minimum), ReadBound(range.Maximum));
        }
    }

    /// <summary>Every option, in the order of their declaration.</summary>
    public static IReadOnlyList<ServerOption> All { get; } =
        [.. typeof(ServerOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .OrderBy(static property => property.MetadataToken).Select(static property => new ServerOption(property))];

    /// <summary>Name in the configuration's section, such as <c>QueueLength</c>.</summary>
    public string Key { get; }

    /// <summary>Name on the command line, such as <c>--queue-length</c>.</summary>
    public string Switch { get; }

    /// <summary>Name in the environment, such as <c>VALUEIMPRINT_SERVE_QUEUE_LENGTH</c>.</summary>
    public string Variable { get; }

    public string Description { get; }

    public string DefaultText { get; }

    public bool IsFlag => _type == typeof(bool);

    public bool IsList => _type == typeof(IReadOnlyList<string>);

    /// <summary>Smallest and largest value as text; <see langword="null"/> where everything is in range.</summary>
    public string? Range => _minimum is null ? null : $"{Describe(_minimum)} to {Describe(_maximum)}";

    /// <summary>What a value has to look like, for errors.</summary>
    public string Expected => _type switch
    {
        _ when IsFlag => "true or false",
        _ when _type == typeof(TimeSpan) => $"a duration from {Range}, such as 500ms, 30s, 10m, 1h",
        _ when Range is not null => $"a whole number from {Range}",
        { IsEnum: true } => string.Join(" or ", Enum.GetNames(_type).Select(static name => name.ToLowerInvariant())),
        _ => "a text",
    };

    /// <summary>What the options hold, as text.</summary>
    public string DescribeIn(ServerOptions options) => Describe(_property.GetValue(options));

    public bool IsInRange(ServerOptions options) => IsInRange(_property.GetValue(options));

    /// <summary>Sets the property to what a text says; <see langword="false"/> where it isn't <see cref="Expected"/>.</summary>
    public bool TrySet(ServerOptions options, string text)
    {
        if (!TryParse(text, out var value) || !IsInRange(value))
        {
            return false;
        }

        _property.SetValue(options, value);
        return true;
    }

    /// <summary>Sets a property that <see cref="IsList"/>.</summary>
    public void Set(ServerOptions options, IReadOnlyList<string> members) => _property.SetValue(options, members);

    private bool IsInRange(object? value) => value is null || _minimum is null || (_minimum.CompareTo(value) <= 0 && _maximum!.CompareTo(value) >= 0);

    private IComparable ReadBound(object bound) => TryParse(Convert.ToString(bound, CultureInfo.InvariantCulture)!, out var value)
        ? (IComparable)value!
        : throw new InvalidOperationException($"ServerOptions.{_property.Name} has the bound {bound}, which is no {_type.Name}.");

    private bool TryParse(string text, out object? value)
    {
        if (_type == typeof(TimeSpan))
        {
            var isDuration = Duration.TryParse(text, out var duration);
            value = duration;
            return isDuration;
        }

        if (IsFlag)
        {
            var isFlag = bool.TryParse(text, out var flag);
            value = flag;
            return isFlag;
        }

        if (_type.IsEnum)
        {
            // By name alone: Enum.TryParse would take any number.
            var name = Enum.GetNames(_type).FirstOrDefault(known => known.Equals(text, StringComparison.OrdinalIgnoreCase));
            value = name is null ? null : Enum.Parse(_type, name);
            return name is not null;
        }

        if (_type == typeof(string))
        {
            value = text.Length == 0 ? null : text;
            return true;
        }

        var isNumber = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && (_type == typeof(long) || (int)number == number);
        value = isNumber ? Convert.ChangeType(number, _type, CultureInfo.InvariantCulture) : null;
        return isNumber;
    }

    private static string Describe(object? value) => value switch
    {
        null => "none",
        int or long => ((IFormattable)value).ToString("#,0", CultureInfo.InvariantCulture),
        TimeSpan duration => duration == TimeSpan.Zero ? "0" : Duration.Format(duration),
        bool flag => flag ? "true" : "false",
        IReadOnlyList<string> list => string.Join(", ", list),
        _ => value.ToString()?.ToLowerInvariant() ?? "",
    };

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex WordStart();
}
