using System.Buffers.Binary;
using System.Globalization;
using System.Text;

using PdfSharp.Drawing;
using PdfSharp.Fonts;

namespace Learning.Figures.Publishing;

/// <summary>
/// The letters of PDF files, each embedded: Atkinson Hyperlegible, which was made for people who see badly, and DejaVu Sans for what it lacks. They come with the browser's build and lie in the program, since a
/// server has no letters of its own.
/// </summary>
internal sealed class PdfLetters : IFontResolver
{
    private const string Common = "common", Rare = "rare";
    private static readonly Lazy<bool> Known = new(() =>
    {
        GlobalFontSettings.FontResolver = new PdfLetters();
        return true;
    });

    private static readonly Lazy<HashSet<int>> HasCommon = new(() => Letters(File("fonts/regular.ttf")));
    private static readonly Lazy<HashSet<int>> HasRare = new(() => Letters(File("fonts/rare.ttf")));
    private readonly Dictionary<(string Family, double Size, bool Bold), XFont> fonts = [];

    /// <summary>Letters for one document.</summary>
    public static PdfLetters Load() => Known.Value ? new PdfLetters() : throw new InvalidOperationException();

    /// <summary>A text in pieces that one font can show each, in the order in which they are seen.</summary>
    public IEnumerable<(string Text, XFont Font)> Pieces(string text, double size, bool bold)
    {
        var (piece, common) = (new StringBuilder(), true);
        foreach (var rune in Seen(text).EnumerateRunes())
        {
            var here = HasCommon.Value.Contains(rune.Value);
            var letter = here || HasRare.Value.Contains(rune.Value) ? rune : new Rune('\uFFFD');
            if (here != common && piece.Length > 0 && !(rune.Value == ' '))
            {
                yield return (piece.ToString(), Font(common ? Common : Rare, size, bold));
                piece.Clear();
            }

            common = rune.Value == ' ' && piece.Length > 0 ? common : here;
            piece.Append(letter.ToString());
        }

        if (piece.Length > 0)
        {
            yield return (piece.ToString(), Font(common ? Common : Rare, size, bold));
        }
    }

    public byte[]? GetFont(string faceName) => File($"fonts/{faceName}.ttf");

    public FontResolverInfo? ResolveTypeface(string familyName, bool isBold, bool isItalic) => new(familyName == Rare ? isBold ? "rare-bold" : "rare" : isBold ? "bold" : "regular");

    // Whoever reads from right to left sees the last letter of the file first: runs of their letters are turned around, and marks of direction mean nothing any more.
    private static string Seen(string text)
    {
        text = string.Concat(text.EnumerateRunes().Where(rune => Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format).Select(rune => rune.ToString()));
        if (!text.Any(IsRightToLeft))
        {
            return text;
        }

        var seen = new StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            var end = at;
            for (var look = at; look < text.Length && (IsRightToLeft(text[look]) || (end > at && char.IsWhiteSpace(text[look]))); look++)
            {
                end = IsRightToLeft(text[look]) ? look + 1 : end;
            }

            if (end > at)
            {
                var letters = StringInfo.ParseCombiningCharacters(text[at..end]);
                for (var i = letters.Length - 1; i >= 0; i--)
                {
                    seen.Append(text.AsSpan(at + letters[i], (i + 1 < letters.Length ? letters[i + 1] : end - at) - letters[i]));
                }

                at = end;
            }
            else
            {
                seen.Append(text[at++]);
            }
        }

        return seen.ToString();
    }

    /// <summary>Hebrew, Arabic and their kin.</summary>
    public static bool IsRightToLeft(char one) => one is (>= '\u0590' and <= '\u08FF') or (>= '\uFB1D' and <= '\uFDFF') or (>= '\uFE70' and <= '\uFEFC');

    private XFont Font(string family, double size, bool bold) => fonts.TryGetValue((family, size, bold), out var font)
        ? font : fonts[(family, size, bold)] = new XFont(family, size, bold ? XFontStyleEx.Bold : XFontStyleEx.Regular, new XPdfFontOptions(PdfSharp.Pdf.PdfFontEncoding.Unicode));

    private static byte[] File(string name)
    {
        using var stream = typeof(PdfLetters).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException("The program was built without the letters of PDF files: run npm ci and npm run build in src/Browser, and build it again.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    // Which letters a font has: its table "cmap", of the forms 4 and 12.
    private static HashSet<int> Letters(byte[] font)
    {
        var letters = new HashSet<int>();
        var tables = Short(4);
        var cmap = Enumerable.Range(0, tables).Select(n => 12 + (16 * n)).Where(at => Encoding.ASCII.GetString(font, at, 4) == "cmap").Select(at => Long(at + 8)).First();
        foreach (var table in Enumerable.Range(0, Short(cmap + 2)).Select(n => cmap + Long(cmap + 4 + (8 * n) + 4)))
        {
            if (Short(table) == 12)
            {
                for (var group = 0; group < Long(table + 12); group++)
                {
                    var at = table + 16 + (12 * group);
                    letters.UnionWith(Enumerable.Range(Long(at), Long(at + 4) - Long(at) + 1));
                }
            }
            else if (Short(table) == 4)
            {
                var segments = Short(table + 6) / 2;
                for (var segment = 0; segment < segments; segment++)
                {
                    var (last, first) = (Short(table + 14 + (2 * segment)), Short(table + 16 + (2 * (segments + segment))));
                    if (first <= last && last != 0xFFFF)
                    {
                        letters.UnionWith(Enumerable.Range(first, last - first + 1));
                    }
                }
            }
        }

        return letters;

        int Short(int at) => BinaryPrimitives.ReadUInt16BigEndian(font.AsSpan(at));

        int Long(int at) => BinaryPrimitives.ReadInt32BigEndian(font.AsSpan(at));
    }
}
