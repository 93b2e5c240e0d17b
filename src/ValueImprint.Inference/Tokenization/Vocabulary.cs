using System.Text;
using System.Text.Json;
using ValueImprint.Core.Documents;
using ValueImprint.Inference.Models;

namespace ValueImprint.Inference.Tokenization;

/// <summary>Tokens and their ids, as one file of a package gives them.</summary>
internal sealed class Vocabulary
{
    // Beyond any model's; what is built of a vocabulary grows with its largest id.
    private const int MaxId = 1 << 24;

    private readonly Dictionary<int, string> _byId;

    public Vocabulary(string file, IReadOnlyDictionary<string, int> ids)
    {
        (File, Ids) = (file, ids);
        LargestId = ids.Count == 0 ? throw new ModelPackageException(file, null, "holds no tokens.") : ids.Values.Max();
        if (LargestId > MaxId)
        {
            throw new ModelPackageException(file, null, FormattableString.Invariant($"has the id {LargestId}; at most {MaxId} is taken."));
        }

        _byId = new Dictionary<int, string>(ids.Count);
        foreach (var (token, id) in ids)
        {
            if (!_byId.TryAdd(id, token))
            {
                throw new ModelPackageException(file, null, FormattableString.Invariant($"gives the id {id} to '{_byId[id]}' and to '{token}'."));
            }
        }
    }

    public string File { get; }

    public IReadOnlyDictionary<string, int> Ids { get; }

    public int LargestId { get; }

    /// <summary>From an object whose members are tokens and whose values are their ids.</summary>
    public static Vocabulary OfObject(string file, JsonField field)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (token, id) in field.Members())
        {
            ids[token] = (int)id.WholeNumber(0, int.MaxValue);
        }

        return new Vocabulary(file, ids);
    }

    /// <summary>From a text file with one token a line, whose number, from 0, is its id.</summary>
    public static Vocabulary OfLines(string file)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        var line = 0;
        foreach (var token in PackageFile.ReadLines(file))
        {
            ids[token] = line++;
        }

        return new Vocabulary(file, ids);
    }

    /// <summary>
    /// The tokens as <see cref="OfLines"/> reads them. An id that no token has is an empty line, and so is a token with a line break, which
    /// no word holds.
    /// </summary>
    public MemoryStream ToLines()
    {
        var lines = new StringBuilder();
        for (var id = 0; id <= LargestId; id++)
        {
            lines.Append(_byId.GetValueOrDefault(id) is { } token && token.AsSpan().IndexOfAny('\r', '\n') < 0 ? token : "").Append('\n');
        }

        return new MemoryStream(Encoding.UTF8.GetBytes(lines.ToString()));
    }

    /// <summary>The token of an id that is there.</summary>
    public string Spelling(int id) => _byId[id];

    /// <summary>The id of the token with the configured spelling, or of the first usual spelling that there is.</summary>
    /// <param name="role">Such as "start token", for the message.</param>
    /// <param name="configured">What the package's configuration calls it; <see langword="null"/> where it doesn't.</param>
    /// <param name="usual">Spellings that are usual in the family.</param>
    public int Special(string role, string? configured, params ReadOnlySpan<string> usual)
    {
        if (configured is not null)
        {
            return Ids.TryGetValue(configured, out var id)
                ? id
                : throw new ModelPackageException(
                    File, null, $"has no '{configured}', which {string.Join(" or ", SpecialTokens.FileNames)} names as the {role}.");
        }

        foreach (var spelling in usual)
        {
            if (Ids.TryGetValue(spelling, out var id))
            {
                return id;
            }
        }

        throw new ModelPackageException(
            File, null, $"has no {role}: looked for {string.Join(", ", usual.ToArray())}. Name it in {SpecialTokens.ConfigFile}.");
    }
}

/// <summary>The spellings of the tokens with a part of their own, as far as <c>tokenizer_config.json</c> and <c>special_tokens_map.json</c> name them.</summary>
internal sealed record SpecialTokens(string? Start, string? End, string? Pad, string? Unknown, IReadOnlySet<string> All)
{
    public const string ConfigFile = "tokenizer_config.json";
    public static readonly string[] FileNames = [ConfigFile, "special_tokens_map.json"];

    private static readonly string[] Roles = ["cls_token", "bos_token", "sep_token", "eos_token", "pad_token", "unk_token", "mask_token"];

    public static SpecialTokens Read(string folder)
    {
        var byRole = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in FileNames.Select(name => Path.Combine(folder, name)).Where(Path.Exists))
        {
            var root = PackageFile.ReadObject(path);
            foreach (var role in Roles)
            {
                if (root.TryGet(role, out var field))
                {
                    // A token is a text, or an object with the text as its content.
                    byRole.TryAdd(role, field.Kind == JsonValueKind.Object ? field.Get("content").Text() : field.Text());
                }
            }
        }

        // The framing tokens of an encoder are cls and sep; bos and eos are theirs where a family has no others.
        return new SpecialTokens(
            Of("cls_token") ?? Of("bos_token"), Of("sep_token") ?? Of("eos_token"), Of("pad_token"), Of("unk_token"),
            byRole.Values.ToHashSet(StringComparer.Ordinal));

        string? Of(string role) => byRole.GetValueOrDefault(role);
    }
}
