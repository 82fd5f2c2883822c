using PdfSharp.Drawing;
using PdfSharp.Pdf;
using PdfSharp.UniversalAccessibility;

namespace Learning.Figures.Publishing;

/// <summary>The pages of a PDF as they fill up from top to bottom: text is broken into lines, lines into pages, and everything that is drawn is tagged or an artefact, in the order in which it is read.</summary>
internal sealed class PdfSheet
{
    public const double Left = 56, Right = 539, Top = 60, Bottom = 780, Width = Right - Left;
    public static readonly XColor Deep = XColor.FromArgb(11, 83, 81), Ink = XColor.FromArgb(17, 28, 30), Quiet = XColor.FromArgb(69, 79, 82), Line = XColor.FromArgb(178, 190, 190);
    private readonly PdfLetters letters = PdfLetters.Load();
    private readonly Dictionary<(string, double, bool), double> widths = [];
    private readonly string foot;
    private readonly UAManager manager;
    private XGraphics graphics = null!;
    private bool drawing;

    public PdfSheet(Paper paper)
    {
        foot = PlainText.Of(paper.Subject);
        Document.Info.Title = PlainText.Of(paper.Title);
        Document.Info.Subject = foot;
        Document.Info.Creator = "Learning";
        manager = UAManager.ForDocument(Document);
        manager.SetDocumentLanguage("en-GB");
        Tags = manager.StructureBuilder;
        NewPage();
    }

    public PdfDocument Document { get; } = new();

    public StructureBuilder Tags { get; }

    public PdfPage Page { get; private set; } = null!;

    public XGraphics Graphics => graphics;

    /// <summary>How far down the page is filled.</summary>
    public double At { get; set; }

    /// <summary>Goes to the next page unless so much fits on this one; true when it went.</summary>
    public bool Fit(double height)
    {
        if (At + height <= Bottom || At <= Top)
        {
            return false;
        }

        NewPage();
        return true;
    }

    /// <summary>A paragraph with its tag, over as many pages as it takes.</summary>
    public void Paragraph(PdfBlockLevelElementTag tag, string text, double size, XColor colour, bool bold = false, double after = 8, double left = Left, double width = Width)
    {
        Tags.BeginElement(tag);
        Says(text);
        foreach (var line in Lines(text, size, bold, width))
        {
            Fit(size * 1.4);
            Words(line, left, At + size, size, colour, bold);
            At += size * 1.4;
        }

        Tags.End();
        At += after;
    }

    /// <summary>One line of text at a place.</summary>
    public void Words(string text, double x, double y, double size, XColor colour, bool bold, bool toTheRight = false)
    {
        var at = toTheRight ? x - Measure(text, size, bold) : x;
        manager.BeginTextMode();
        foreach (var (piece, font) in letters.Pieces(text, size, bold))
        {
            graphics.DrawString(piece, font, new XSolidBrush(colour), new XPoint(at, y), XStringFormats.BaseLineLeft);
            at += graphics.MeasureString(piece, font, XStringFormats.BaseLineLeft).Width;
        }
    }

    /// <summary>What means nothing by itself: lines, the foot of a page, a header that is drawn again.</summary>
    public void Artefact(Action<XGraphics> draw)
    {
        // What is marked begins and ends outside of a run of text.
        manager.BeginGraphicMode();
        Tags.BeginArtifact();
        draw(graphics);
        manager.BeginGraphicMode();
        Tags.End();
    }

    /// <summary>A drawing with its text alternative.</summary>
    public void Illustration(string alternative, XRect box, Action draw)
    {
        manager.BeginGraphicMode();
        Tags.BeginElement(PdfIllustrationElementTag.Figure, PlainText.Of(alternative), box);
        drawing = true;
        draw();
        drawing = false;
        manager.BeginGraphicMode();
        Tags.End();
    }

    /// <summary>Says what an element holds where its letters alone do not: those beyond the first 65,536 are lost on the way to a reader, and those read from right to left are drawn as they are seen.</summary>
    /// <param name="cut">Or where less is drawn than it says.</param>
    public void Says(string text, bool cut = false)
    {
        if (cut || text.Any(letter => char.IsSurrogate(letter) || PdfLetters.IsRightToLeft(letter)))
        {
            Tags.CurrentStructureElement.Elements.SetString("/ActualText", PlainText.Of(text));
        }
    }

    /// <summary>A text in lines of a width; what has no space in it is broken where it ends.</summary>
    public IReadOnlyList<string> Lines(string text, double size, bool bold, double width)
    {
        var (lines, line) = (new List<string>(), "");
        foreach (var word in PlainText.Of(text).Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(word => Broken(word, size, bold, width)))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && Measure(longer, size, bold) > width)
            {
                lines.Add(line);
                longer = word;
            }

            line = longer;
        }

        return line.Length > 0 ? [.. lines, line] : lines;
    }

    private IEnumerable<string> Broken(string word, double size, bool bold, double width)
    {
        while (word.Length > 1 && Measure(word, size, bold) > width)
        {
            var fits = word.Length - 1;
            while (fits > 1 && (Measure(word[..fits], size, bold) > width || char.IsLowSurrogate(word[fits])))
            {
                fits--;
            }

            yield return word[..fits];
            word = word[fits..];
        }

        yield return word;
    }

    private double Measure(string text, double size, bool bold)
    {
        if (widths.TryGetValue((text, size, bold), out var width))
        {
            return width;
        }

        return widths[(text, size, bold)] = letters.Pieces(text, size, bold).Sum(piece => graphics.MeasureString(piece.Text, piece.Font, XStringFormats.BaseLineLeft).Width);
    }

    private void NewPage()
    {
        // What is marked on a page ends on it.
        if (drawing)
        {
            manager.BeginGraphicMode();
        }

        Tags.EndMarkedContentsWithId();
        graphics?.Dispose();
        Page = Document.AddPage();
        (Page.Width, Page.Height) = (XUnit.FromPoint(595), XUnit.FromPoint(842));
        graphics = XGraphics.FromPdfPage(Page);
        At = Top;
        Artefact(_ =>
        {
            Words(Lines(foot, 8.5, false, Width - 60)[0], Left, 812, 8.5, Quiet, false);
            Words($"Page {Document.PageCount}", Right, 812, 8.5, Quiet, false, toTheRight: true);
        });
    }
}
