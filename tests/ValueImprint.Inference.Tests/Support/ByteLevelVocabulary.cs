using System.Text;
using System.Text.Json;
using ValueImprint.Inference.Tests.Tokenization;
using ValueImprint.Inference.Tokenization;

namespace ValueImprint.Inference.Tests.Support;

/// <summary>A byte-level BPE vocabulary in RoBERTa's layout, trained on the spot.</summary>
internal sealed class ByteLevelVocabulary
{
    private readonly Dictionary<(string, string), int> _ranks = [];

    private ByteLevelVocabulary(IReadOnlyList<(string Left, string Right)> merges)
    {
        Merges = merges;
        foreach (var merge in merges)
        {
            _ranks.Add(merge, _ranks.Count);
        }

        foreach (var token in (string[])["<s>", "<pad>", "</s>", "<unk>", .. ByteCharacters.All, .. merges.Select(static merge => merge.Left + merge.Right), "<mask>"])
        {
            Vocabulary.TryAdd(token, Vocabulary.Count);
        }
    }

    /// <summary>Trained on a few lines with all that trips tokenizers.</summary>
    public static ByteLevelVocabulary English { get; } = Train(
        """
        Human: hello world, hello there! I don't know what to do; could you tell me, please? It's the third time that they've called.


        Assistant: Hello! I'm sorry that you're having trouble with the neighbours. Justice, duty and empathy are words that we'll use 123 times.
            Indented   text with  runs    of spaces, == equals ==, #### and # # signs, tabs\t\t and more...
        \r\nThe café in 日本 has a 👍 rating; 日本 again 👍👍. 100% of the people, the person, the peoples and the pe.


        Human: what? what?? what??? "quoted" (bracketed) [CLS] <|endoftext|> <|x|> the the the and and and to to of of of in in is is
        """.ReplaceLineEndings("\n"),
        maxMerges: 320);

    public IReadOnlyList<(string Left, string Right)> Merges { get; }

    public Dictionary<string, int> Vocabulary { get; } = new(StringComparer.Ordinal);

    /// <summary>The merge's place in the list; <see cref="int.MaxValue"/> for a pair that is not merged.</summary>
    public int RankOf(string left, string right) => _ranks.GetValueOrDefault((left, right), int.MaxValue);

    public void Write(string folder)
    {
        File.WriteAllText(Path.Combine(folder, "vocab.json"), JsonSerializer.Serialize(Vocabulary));
        File.WriteAllText(
            Path.Combine(folder, "merges.txt"),
            "#version: 0.2\n" + string.Concat(Merges.Select(static merge => $"{merge.Left} {merge.Right}\n")));
    }

    // Byte pair encoding's own training, naively: the most frequent pair within words becomes a symbol, again and again.
    private static ByteLevelVocabulary Train(string text, int maxMerges)
    {
        var words = NaiveByteLevelBpe.Words(text)
            .Select(static word => Encoding.UTF8.GetBytes(word).Select(static value => ByteCharacters.Of(value).ToString()).ToList())
            .ToList();
        var learned = new List<(string, string)>();
        while (learned.Count < maxMerges)
        {
            var pairs = words.SelectMany(static word => word.Zip(word.Skip(1))).CountBy(static pair => pair).ToArray();
            if (pairs.Length == 0)
            {
                break;
            }

            var best = pairs.OrderByDescending(static count => count.Value)
                .ThenBy(static count => count.Key.First + " " + count.Key.Second, StringComparer.Ordinal)
                .First().Key;
            learned.Add(best);
            words.ForEach(word => Merge(word, best));
        }

        return new ByteLevelVocabulary(learned);
    }

    private static void Merge(List<string> word, (string Left, string Right) pair)
    {
        for (var index = 0; index + 1 < word.Count; index++)
        {
            if (word[index] == pair.Left && word[index + 1] == pair.Right)
            {
                word[index] += word[index + 1];
                word.RemoveAt(index + 1);
            }
        }
    }
}
