using ValueImprint.Core.Diagnostics;
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
    public static Stream Open(string path, ToolConsole console, string expected)
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
            throw new ToolException(DiagnosticCatalogue.UnreadableInput, $"{found}; expected {expected}.", path);
        }
    }

    /// <summary>Standard input, for the one thing that is read from it.</summary>
    /// <exception cref="ToolException">It was taken for another.</exception>
    public static Stream TakeStandardInput(ToolConsole console) => console.TakeInput() ?? throw new ToolException(
        DiagnosticCatalogue.InvalidCommandLine, $"Standard input can be read once, and {StandardInput} is named twice. Name a file for one of them.");
}
