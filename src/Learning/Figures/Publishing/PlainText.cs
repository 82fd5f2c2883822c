using System.Text;

namespace Learning.Figures.Publishing;

/// <summary>Text that every format of a publication can hold: what is no letter of any writing (control characters, halves of letters) is left out. Pure.</summary>
internal static class PlainText
{
    /// <summary>The text, cut after so many letters.</summary>
    public static string Of(string text, int longest = int.MaxValue)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (kept.Length + rune.Utf16SequenceLength > longest)
            {
                break;
            }

            if (rune.Value is >= ' ' and not (>= 0x7F and <= 0x9F) and not 0xFFFE and not 0xFFFF)
            {
                kept.Append(rune.ToString());
            }
            else if (rune.Value is '\t' or '\n')
            {
                kept.Append(' ');
            }
        }

        return kept.ToString();
    }
}
