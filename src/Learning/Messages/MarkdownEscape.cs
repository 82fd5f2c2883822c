using System.Text;

using HandlebarsDotNet;

namespace Learning.Messages;

/// <summary>Writes a value into Markdown so that it reads as it is: punctuation is escaped, and no line break can begin a heading or a list.</summary>
internal sealed class MarkdownEscape : ITextEncoder
{
    public void Encode(StringBuilder? text, TextWriter target) => Encode(text?.ToString(), target);

    public void Encode(string? text, TextWriter target)
    {
        foreach (var one in Letter.OneLine(text ?? ""))
        {
            if (char.IsAscii(one) && (char.IsPunctuation(one) || char.IsSymbol(one)))
            {
                target.Write('\\');
            }

            target.Write(one);
        }
    }

    public void Encode<T>(T? text, TextWriter target) where T : IEnumerator<char>
    {
        var gathered = new StringBuilder();
        while (text?.MoveNext() == true)
        {
            gathered.Append(text.Current);
        }

        Encode(gathered.ToString(), target);
    }
}
