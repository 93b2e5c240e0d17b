using ValueImprint.Core.Diagnostics;
using ValueImprint.Tool.Failures;

namespace ValueImprint.Tool.Output;

/// <summary>
/// The files that a command line has written, each under the option that names it. None may be one that is read, which it would replace,
/// nor may two be the same.
/// </summary>
internal sealed class WrittenFiles
{
    private static readonly StringComparer _paths = OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    private readonly Dictionary<string, string> _options = new(_paths);

    /// <summary>Adds what an option names; nothing for <see langword="null"/> or a device.</summary>
    /// <param name="option">Such as <c>--output</c>.</param>
    /// <param name="path">As it was named.</param>
    /// <exception cref="ToolException">Another option names the same file.</exception>
    public WrittenFiles Add(string option, string? path)
    {
        if (path is not null && ReplacedFile.Target(path) is var target && !ReplacedFile.IsDevice(target) && !_options.TryAdd(target, option))
        {
            throw new ToolException(
                DiagnosticCatalogue.InvalidCommandLine, $"{_options[target]} and {option} name the same file, and one would replace the other. Name two.", path);
        }

        return this;
    }

    /// <summary>Makes sure that none of these files is written.</summary>
    /// <exception cref="ToolException">One is.</exception>
    public void RefuseInputs(IEnumerable<string> inputs)
    {
        foreach (var input in inputs)
        {
            if (_options.Count > 0 && _options.GetValueOrDefault(ReplacedFile.Target(input)) is { } option)
            {
                throw new ToolException(
                    DiagnosticCatalogue.InvalidCommandLine, $"{option} names a file that is read too, and would replace it. Name another one.", input);
            }
        }
    }
}
