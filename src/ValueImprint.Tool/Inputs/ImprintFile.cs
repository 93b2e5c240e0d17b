using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Imprints;
using ValueImprint.Reports.Html;
using ValueImprint.Tool.Failures;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Inputs;

/// <summary>Imprints named on a command line.</summary>
internal static class ImprintFile
{
    /// <summary>Reads an imprint, or ends the verb with what is wrong with it.</summary>
    /// <param name="path">A file, or <c>-</c> for standard input.</param>
    /// <param name="console">Has standard input.</param>
    public static Imprint Read(string path, ToolConsole console)
    {
        using var stream = InputFile.Open(path, console, "an imprint, such as `valueimprint audit` writes");
        return ImprintReader.TryRead(stream, path, out var imprint, out var diagnostics) ? imprint : throw new ToolException(diagnostics);
    }

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
