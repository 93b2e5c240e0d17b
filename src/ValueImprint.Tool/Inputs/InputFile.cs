using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Reports.Html;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Inputs;

/// <summary>Opens what a command line names.</summary>
internal static class InputFile
{
    /// <summary>Stands for standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>Opens a file, or ends the verb with a message that names it.</summary>
    /// <param name="path">A file, or <c>-</c>.</param>
    /// <param name="console">Has standard input.</param>
    /// <param name="expected">What the file should be, in words.</param>
    /// <param name="code">What it is when it can't be opened; unset: unreadable input.</param>
    public static Stream Open(string path, ToolConsole console, string expected, DiagnosticCode? code = null)
    {
        if (path == StandardInput)
        {
            return TakeStandardInput(console);
        }

        try
        {
            return File.OpenRead(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            var found = failure switch
            {
                FileNotFoundException or DirectoryNotFoundException => "There is no such file",
                UnauthorizedAccessException when Directory.Exists(path) => "This is a folder",
                UnauthorizedAccessException => "This file may not be read",
                _ => failure.Message.TrimEnd('.'),
            };
            throw new ToolException(code ?? DiagnosticCatalogue.UnreadableInput, $"{found}; expected {expected}.", path);
        }
    }

    /// <summary>Standard input, for the one thing that is read from it.</summary>
    /// <exception cref="ToolException">It was taken for another.</exception>
    public static Stream TakeStandardInput(ToolConsole console) => console.TakeInput() ?? throw new ToolException(
        DiagnosticCatalogue.InvalidCommandLine, $"Standard input can be read once, and {StandardInput} is named twice. Name a file for one of them.");
}

/// <summary>Policies named on a command line.</summary>
internal static class PolicyFile
{
    /// <summary>Reads a policy, or ends the verb with what is wrong with it.</summary>
    /// <param name="path">A file, or <c>-</c> for standard input.</param>
    /// <param name="console">Has standard input.</param>
    public static Policy Read(string path, ToolConsole console)
    {
        using var stream = InputFile.Open(path, console, "a policy, such as `valueimprint init` prints", DiagnosticCatalogue.InvalidCommandLine);
        return Policy.TryRead(stream, path, out var policy, out var diagnostics) ? policy : throw new ToolException(diagnostics);
    }
}

/// <summary>Imprints named on a command line.</summary>
internal static class ImprintFile
{
    /// <summary>Reads an imprint, or ends the verb with what is wrong with it.</summary>
    /// <param name="path">A file, or <c>-</c> for standard input.</param>
    /// <param name="console">Has standard input.</param>
    public static Imprint Read(string path, ToolConsole console)
    {
        using var stream = InputFile.Open(path, console, "an imprint, such as `valueimprint audit` writes");
        return ImprintReader.TryRead(stream, path, out var imprint, out var diagnostics) ? imprint
            : throw new ToolException(IsNamed(path) || path == InputFile.StandardInput ? diagnostics :
            [
                .. diagnostics.Select(static one => one with { Message = $"{one.Message} If it is a dataset, use `valueimprint check` to judge it, or `valueimprint audit` first." }),
            ]);
    }

    /// <summary>Whether a file's name is that of an imprint.</summary>
    public static bool IsNamed(string path) => path.EndsWith(ImprintFormat.FileExtension, StringComparison.OrdinalIgnoreCase);

    /// <summary>As <see cref="Read"/>, with what a report calls it: the file's name without its extension.</summary>
    public static NamedImprint ReadNamed(string path, ToolConsole console)
    {
        var name = Path.GetFileName(path);
        return new NamedImprint(
            name.EndsWith(ImprintFormat.FileExtension, StringComparison.Ordinal) ? name[..^ImprintFormat.FileExtension.Length] : name, Read(path, console));
    }

    /// <summary>Reads an imprint that counts at least one text: one of nothing is nothing to compare with.</summary>
    /// <param name="path">A file, or <c>-</c> for standard input.</param>
    /// <param name="console">Has standard input.</param>
    public static Imprint ReadCounted(string path, ToolConsole console)
    {
        var imprint = Read(path, console);
        return imprint.Texts > 0
            ? imprint
            : throw new ToolException(DiagnosticCatalogue.NothingToJudge, "The imprint counts no text. Check the files that it was made from.", path);
    }
}
