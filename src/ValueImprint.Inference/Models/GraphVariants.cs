using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Documents;

namespace ValueImprint.Inference.Models;

/// <summary>The graphs of a package: one model at several precisions.</summary>
internal sealed class GraphVariants
{
    private const string Fp32 = "fp32";

    // Where packages without valueimprint.json have them; the first that exists counts.
    private static readonly (string Variant, string[] Files)[] UsualPlaces =
    [
        (Fp32, ["model.onnx", "onnx/model.onnx"]),
        ("fp16", ["model.fp16.onnx", "model_fp16.onnx", "onnx/model_fp16.onnx"]),
        ("int8", ["model.int8.onnx", "model_int8.onnx", "model_quantized.onnx", "onnx/model_int8.onnx", "onnx/model_quantized.onnx"]),
    ];

    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);

    // A package may be handed on with the graphs that its receiver needs; the manifest still names the others.
    private readonly Dictionary<string, JsonField> _absent = new(StringComparer.Ordinal);
    private readonly string _folder;
    private readonly string _default;

    public GraphVariants(string folder, PackageManifest manifest, string manifestFile)
    {
        _folder = folder;
        foreach (var (variant, field) in manifest.Variants)
        {
            var file = CheckInside(field);
            if (File.Exists(Path.Combine(folder, file)))
            {
                _files.Add(variant, file);
            }
            else
            {
                _absent.Add(variant, field);
            }
        }

        foreach (var (variant, files) in UsualPlaces)
        {
            if (manifest.Variants.Count == 0 && files.FirstOrDefault(file => File.Exists(Path.Combine(folder, file))) is { } found)
            {
                _files.Add(variant, found);
            }
        }

        if (_files.Count == 0)
        {
            ThrowIfAbsent(_absent.Keys.FirstOrDefault());
            throw new ModelPackageException(
                folder, null, "holds no graph: expected model.onnx or onnx/model.onnx. Export one with 'optimum-cli export onnx'.");
        }

        _default = manifest.DefaultVariant is { } named ? CheckNamed(named) : _files.ContainsKey(Fp32) ? Fp32 : _files.Keys.First();
    }

    public IReadOnlyCollection<string> Names => _files.Keys;

    public string Choose(string? wanted)
    {
        var variant = wanted ?? _default;
        ThrowIfAbsent(variant);
        return _files.ContainsKey(variant)
            ? variant
            : throw new ModelPackageException(
                _folder, null, $"has no variant '{variant}'. It has: {string.Join(", ", _files.Keys)}.{NearestWord.Hint(variant, _files.Keys)}");
    }

    /// <summary>The graph's path relative to the package's folder.</summary>
    public string FileOf(string variant) => _files[variant];

    private string CheckNamed(JsonField field)
    {
        var name = field.Text();
        ThrowIfAbsent(name);
        return _files.ContainsKey(name)
            ? name
            : throw field.Fault($"there is no variant '{name}'. There are: {string.Join(", ", _files.Keys)}.{NearestWord.Hint(name, _files.Keys)}");
    }

    // A package is data from elsewhere: its paths must stay inside it.
    private string CheckInside(JsonField field)
    {
        var file = field.Text();
        var root = Path.GetFullPath(_folder) + Path.DirectorySeparatorChar;
        var full = Path.GetFullPath(Path.Combine(root, file));
        if (Path.IsPathRooted(file) || !full.StartsWith(root, StringComparison.Ordinal))
        {
            field.Refuse($"'{file}' must be a relative path inside the package.");
        }

        return file;
    }

    private void ThrowIfAbsent(string? variant)
    {
        if (variant is not null && _absent.TryGetValue(variant, out var field))
        {
            throw field.Fault($"there is no file '{field.Text()}' in the package.");
        }
    }
}
