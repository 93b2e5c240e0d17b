using System.Text;

namespace ValueImprint.Inference.Tokenization;

/// <summary>Unicode's normal forms for any text: .NET's own refuse U+FFFE, which is no character, but is there in texts.</summary>
internal static class UnicodeForm
{
    private const char NoCharacter = '\uFFFE';

    public static string Apply(string text, NormalizationForm form) => text.Contains(NoCharacter)
        ? string.Join(NoCharacter, text.Split(NoCharacter).Select(part => part.Normalize(form)))
        : text.Normalize(form);
}
