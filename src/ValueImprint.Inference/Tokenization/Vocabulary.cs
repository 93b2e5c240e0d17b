using ValueImprint.Core.Documents;
using ValueImprint.Inference.Models;

namespace ValueImprint.Inference.Tokenization;

/// <summary>Tokens and their ids, as one file of a package gives them.</summary>
internal sealed class Vocabulary(string file, IReadOnlyDictionary<string, int> ids)
{
    public string File => file;

    public IReadOnlyDictionary<string, int> Ids => ids;

    public int LargestId { get; } = ids.Count == 0 ? throw new ModelPackageException(file, null, "holds no tokens.") : ids.Values.Max();

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
        foreach (var token in System.IO.File.ReadLines(file))
        {
            ids[token] = line++;
        }

        return new Vocabulary(file, ids);
    }

    /// <summary>The id of the token with the configured spelling, or of the first usual spelling that there is.</summary>
    /// <param name="role">Such as "start token", for the message.</param>
    /// <param name="configured">What the package's configuration calls it; <see langword="null"/> where it doesn't.</param>
    /// <param name="usual">Spellings that are usual in the family.</param>
    public int Special(string role, string? configured, params ReadOnlySpan<string> usual)
    {
        if (configured is not null)
        {
            return ids.TryGetValue(configured, out var id)
                ? id
                : throw new ModelPackageException(
                    file, null, $"has no '{configured}', which {string.Join(" or ", SpecialTokens.FileNames)} names as the {role}.");
        }

        foreach (var spelling in usual)
        {
            if (ids.TryGetValue(spelling, out var id))
            {
                return id;
            }
        }

        throw new ModelPackageException(
            file, null, $"has no {role}: looked for {string.Join(", ", usual.ToArray())}. Name it in tokenizer_config.json.");
    }
}
