using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

using PdfSharp.Pdf;
using PdfSharp.Pdf.IO;

namespace Learning.Tests.Figures.Publishing;

/// <summary>A tag of a PDF with what it says, as assistive technology finds it.</summary>
internal sealed record PdfTag(string Kind, string Text, string? Alt, string? Scope, IReadOnlyList<PdfTag> Within)
{
    /// <summary>All that it says, with what is within.</summary>
    public string All => string.Join(' ', new[] { Text }.Concat(Within.Select(tag => tag.All)).Where(text => text.Length > 0));

    public IEnumerable<PdfTag> Every => Within.SelectMany(tag => tag.Every).Prepend(this);
}

/// <summary>Reads a PDF back by its tags: the letters of each marked piece, through each font's own table, in the order of the tree.</summary>
internal sealed partial class TaggedPdf
{
    private readonly Dictionary<(int Page, int Piece), string> pieces = [];
    private readonly List<PdfPage> pages;

    public TaggedPdf(byte[] file)
    {
        var document = PdfReader.Open(new MemoryStream(file), PdfDocumentOpenMode.Import);
        pages = [.. document.Pages.Cast<PdfPage>()];
        for (var page = 0; page < pages.Count; page++)
        {
            Read(page);
        }

        var catalog = document.Internals.Catalog;
        (Title, Language) = (document.Info.Title, catalog.Elements.GetString("/Lang"));
        Marked = catalog.Elements.GetDictionary("/MarkInfo")?.Elements.GetBoolean("/Marked") == true;
        ShowsTitle = catalog.Elements.GetDictionary("/ViewerPreferences")?.Elements.GetBoolean("/DisplayDocTitle") == true;
        Root = Tag(catalog.Elements.GetDictionary("/StructTreeRoot")!, 0);
        Bookmarks = [.. Outline(catalog.Elements.GetDictionary("/Outlines"))];
        Pages = pages.Count;
    }

    public string Title { get; }
    public string Language { get; }
    public bool Marked { get; }
    public bool ShowsTitle { get; }
    public PdfTag Root { get; }
    public IReadOnlyList<string> Bookmarks { get; }
    public int Pages { get; }

    /// <summary>The text outside of every tag: artefacts.</summary>
    public string Untagged { get; private set; } = "";

    private static IEnumerable<string> Outline(PdfDictionary? parent)
    {
        for (var item = parent?.Elements.GetDictionary("/First"); item is not null; item = item.Elements.GetDictionary("/Next"))
        {
            yield return item.Elements.GetString("/Title");
            foreach (var within in Outline(item))
            {
                yield return within;
            }
        }
    }

    private PdfTag Tag(PdfDictionary element, int page)
    {
        var here = element.Elements.GetDictionary("/Pg") is { } own ? pages.FindIndex(one => one.Reference?.ObjectID == own.Reference?.ObjectID) : page;
        var (text, within) = (new List<string>(), new List<PdfTag>());
        var kids = element.Elements.GetObject("/K") is PdfArray array ? array.Elements.ToList() : element.Elements["/K"] is { } one ? [one] : [];
        foreach (var kid in kids.Select(kid => kid is PdfSharp.Pdf.Advanced.PdfReference reference ? reference.Value : kid))
        {
            switch (kid)
            {
                case PdfInteger piece:
                    text.Add(pieces.GetValueOrDefault((here, piece.Value), ""));
                    break;
                case PdfDictionary part when part.Elements.ContainsKey("/MCID"):
                    var on = pages.FindIndex(candidate => candidate.Reference?.ObjectID == part.Elements.GetDictionary("/Pg")?.Reference?.ObjectID);
                    text.Add(pieces.GetValueOrDefault((on, part.Elements.GetInteger("/MCID")), ""));
                    break;
                case PdfDictionary child:
                    within.Add(Tag(child, here));
                    break;
            }
        }

        return new PdfTag(element.Elements.GetName("/S").TrimStart('/'), element.Elements.ContainsKey("/ActualText") ? element.Elements.GetString("/ActualText") : string.Join(' ', text).Trim(), element.Elements.ContainsKey("/Alt") ? element.Elements.GetString("/Alt") : null,
            element.Elements.GetDictionary("/A")?.Elements.GetName("/Scope") is { Length: > 0 } scope ? scope.TrimStart('/') : null, within);
    }

    private void Read(int page)
    {
        var fonts = pages[page].Elements.GetDictionary("/Resources")?.Elements.GetDictionary("/Font");
        var letters = new Dictionary<string, Dictionary<int, string>>();
        foreach (var name in fonts?.Elements.Keys.ToList() ?? [])
        {
            letters[name] = Letters(Encoding.Latin1.GetString(fonts!.Elements.GetDictionary(name)!.Elements.GetDictionary("/ToUnicode")!.Stream.UnfilteredValue));
        }

        var content = Encoding.Latin1.GetString(pages[page].Contents.CreateSingleContent().Stream.UnfilteredValue);
        var (piece, font, said) = (-1, "", new StringBuilder());
        foreach (Match token in Tokens().Matches(content))
        {
            if (token.Groups["mcid"].Success)
            {
                (piece, said) = (int.Parse(token.Groups["mcid"].Value, CultureInfo.InvariantCulture), new StringBuilder());
            }
            else if (token.Groups["artifact"].Success)
            {
                (piece, said) = (-1, new StringBuilder());
            }
            else if (token.Groups["font"].Success)
            {
                font = token.Groups["font"].Value;
            }
            else if (token.Groups["text"].Success)
            {
                var hex = string.Concat(token.Groups["text"].Value.Where(char.IsAsciiHexDigit));
                for (var at = 0; at + 4 <= hex.Length; at += 4)
                {
                    said.Append(letters[font].GetValueOrDefault(Convert.ToInt32(hex.Substring(at, 4), 16), "?"));
                }

                said.Append('\u200B');
            }
            else
            {
                var text = said.ToString();
                if (piece >= 0)
                {
                    // Lines of one piece are words apart.
                    pieces[(page, piece)] = pieces.TryGetValue((page, piece), out var before) ? $"{before} {Spaced(text)}" : Spaced(text);
                }
                else
                {
                    Untagged += Spaced(text) + " ";
                }

                (piece, said) = (-1, new StringBuilder());
            }
        }
    }

    private static string Spaced(string text) => string.Join(' ', text.Split('\u200B', StringSplitOptions.RemoveEmptyEntries));

    private static Dictionary<int, string> Letters(string map)
    {
        var letters = new Dictionary<int, string>();
        foreach (Match range in Range().Matches(map))
        {
            var (first, last, letter) = (Convert.ToInt32(range.Groups[1].Value, 16), Convert.ToInt32(range.Groups[2].Value, 16), range.Groups[3].Value);
            for (var glyph = first; glyph <= last; glyph++)
            {
                // Letters beyond the first plane are said by the element's own text.
                var text = letter.Length == 4 ? Encoding.BigEndianUnicode.GetString(Convert.FromHexString(letter)) : "\uFFFD";
                letters[glyph] = first == last ? text : ((char)(text[0] + glyph - first)).ToString();
            }
        }

        foreach (Match block in Chars().Matches(map))
        {
            foreach (Match one in Pair().Matches(block.Groups[1].Value))
            {
                letters[Convert.ToInt32(one.Groups[1].Value, 16)] = Encoding.BigEndianUnicode.GetString(Convert.FromHexString(one.Groups[2].Value));
            }
        }

        return letters;
    }

    [GeneratedRegex(@"/MCID (?<mcid>\d+)\s*>>\s*(?:BMC|BDC)|(?<artifact>/Artifact)\s+(?:BMC|BDC)|(?<font>/[\w+]+) [\d.]+ Tf|<(?<text>[0-9A-Fa-f\s]+)>\s*Tj|\bEMC\b")]
    private static partial Regex Tokens();

    [GeneratedRegex(@"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")]
    private static partial Regex Range();

    [GeneratedRegex(@"beginbfchar(.*?)endbfchar", RegexOptions.Singleline)]
    private static partial Regex Chars();

    [GeneratedRegex(@"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")]
    private static partial Regex Pair();
}
