using ValueImprint.Core.Imprints;

namespace ValueImprint.Tool.Tests.Running;

/// <summary>A folder for the files of one test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("valueimprint-tool-").FullName;

    public string this[string name] => Path.Combine(_path, name);

    public IEnumerable<string> Files => Directory.EnumerateFiles(_path, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(_path, path)).Order(StringComparer.Ordinal);

    public string Write(string name, string content)
    {
        File.WriteAllText(this[name], content);
        return this[name];
    }

    public string Write(string name, Imprint imprint)
    {
        File.WriteAllBytes(this[name], ImprintWriter.ToBytes(imprint));
        return this[name];
    }

    /// <summary>Takes the folder's name out of a text, which differs from run to run.</summary>
    public string Scrub(string text) => text.Replace(_path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
