using ValueImprint.Core.Documents;

namespace ValueImprint.Inference.Models;

/// <summary>The JSON files of a model package.</summary>
internal static class PackageJson
{
    private const int MostBytes = 512 << 20;

    /// <summary>Reads a file that holds an object.</summary>
    /// <exception cref="ModelPackageException">It can't be read, or one of its fields, read later, is not what it should be.</exception>
    public static JsonField ReadObject(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            return JsonField.Read(stream, MostBytes, Fault).RequireObject();
        }
        catch (IOException exception)
        {
            throw new ModelPackageException(file, null, $"could not be read: {exception.Message}", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new ModelPackageException(file, null, "could not be read: permission denied.", exception);
        }

        Exception Fault(JsonPlace place, string problem) => new ModelPackageException(
            file,
            place.Line > 0 ? FormattableString.Invariant($"line {place.Line}, byte {place.Column}") : place.Path.Length > 0 ? place.Path : null,
            problem);
    }
}
