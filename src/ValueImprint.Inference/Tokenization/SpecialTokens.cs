using System.Text.Json;
using ValueImprint.Core.Documents;
using ValueImprint.Inference.Models;

namespace ValueImprint.Inference.Tokenization;

/// <summary>The spellings of the tokens that frame a text, as far as <c>tokenizer_config.json</c> and <c>special_tokens_map.json</c> name them.</summary>
internal sealed record SpecialTokens(string? Start, string? End, string? Pad, string? Unknown)
{
    public static readonly string[] FileNames = ["tokenizer_config.json", "special_tokens_map.json"];

    public static SpecialTokens Read(string folder)
    {
        string? start = null, end = null, pad = null, unknown = null;
        foreach (var path in FileNames.Select(name => Path.Combine(folder, name)).Where(File.Exists))
        {
            var root = PackageJson.ReadObject(path);

            // The framing tokens of an encoder are cls and sep; bos and eos are theirs where a family has no others.
            start ??= Spelling(root, "cls_token") ?? Spelling(root, "bos_token");
            end ??= Spelling(root, "sep_token") ?? Spelling(root, "eos_token");
            pad ??= Spelling(root, "pad_token");
            unknown ??= Spelling(root, "unk_token");
        }

        return new SpecialTokens(start, end, pad, unknown);
    }

    // A token is a text, or an object with the text as its content.
    private static string? Spelling(JsonField root, string name)
    {
        if (!root.TryGet(name, out var field))
        {
            return null;
        }

        return field.Kind == JsonValueKind.Object ? field.Get("content").Text() : field.Text();
    }
}
