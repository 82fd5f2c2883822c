using PdfSharp.Drawing;
using PdfSharp.Pdf;
using PdfSharp.UniversalAccessibility;

namespace Learning.Figures.Publishing;

/// <summary>A document as PDF for everybody: tagged in the order in which it is read, with its title, language, bookmarks, header cells and text alternatives. It needs no browser and no letters of the machine.</summary>
public sealed class PdfFile
{
    // More columns than that are no table on a page of A4: it is set in parts, each with the names of the rows.
    private const int MostColumns = 6;
    private const double RowLine = 12.5;
    private readonly PdfSheet sheet;
    private readonly PaperPictures pictures;
    private readonly bool large;
    private PdfOutline? section;
    private int tables, charts;

    private PdfFile(Paper paper, PaperPictures pictures) => (sheet, this.pictures, large) = (new PdfSheet(paper), pictures, paper.Large);

    /// <summary>The document's bytes.</summary>
    public static byte[] Write(Paper paper, PaperPictures pictures)
    {
        var file = new PdfFile(paper, pictures);
        foreach (var part in paper.Parts)
        {
            file.Write(part);
        }

        using var bytes = new MemoryStream();
        file.sheet.Document.Save(bytes, closeStream: false);
        return bytes.ToArray();
    }

    private void Write(PaperPart part)
    {
        switch (part)
        {
            case PaperPart.Heading heading:
                Heading(heading);
                break;
            case PaperPart.Prose text:
                var quiet = text.Tone == PaperTone.Quiet && !large;
                sheet.Paragraph(PdfBlockLevelElementTag.Paragraph, text.Words, large ? text.Tone == PaperTone.Lead ? 20 : 16 : text.Tone == PaperTone.Lead ? 14 : quiet ? 9.5 : 11, quiet ? PdfSheet.Quiet : PdfSheet.Ink);
                break;
            case PaperPart.Points points:
                foreach (var line in points.Lines)
                {
                    sheet.Paragraph(PdfBlockLevelElementTag.Paragraph, $"• {line}", large ? 16 : 11, PdfSheet.Ink, after: 3);
                }

                break;
            case PaperPart.Bars bars:
                Bars(bars);
                break;
            case PaperPart.Grid grid:
                Grid(grid);
                break;
            case PaperPart.Pictured pictured:
                Pictured(pictured);
                break;
        }
    }

    private void Heading(PaperPart.Heading heading)
    {
        var size = (heading.Level, large) switch { (1, true) => 28, (1, false) => 24, (_, true) => 20, (2, _) => 16.5, _ => 13.5 };
        sheet.At += heading.Level == 1 || sheet.At <= PdfSheet.Top ? 0 : 14;
        // Never alone at the foot of a page.
        sheet.Fit((size * 1.4 * sheet.Lines(heading.Text, size, true, PdfSheet.Width).Count) + (large ? 150 : 70));
        var within = heading.Level == 3 && section is not null ? section.Outlines : sheet.Document.Outlines;
        var mark = within.Add(PlainText.Of(heading.Text), sheet.Page, opened: heading.Level < 3);
        section = heading.Level < 3 ? mark : section;
        sheet.Paragraph(heading.Level switch { 1 => PdfBlockLevelElementTag.Heading1, 2 => PdfBlockLevelElementTag.Heading2, _ => PdfBlockLevelElementTag.Heading3 }, heading.Text, size, PdfSheet.Deep, bold: true, after: 6);
    }

    private void Bars(PaperPart.Bars bars)
    {
        var names = bars.Rows.Select(bar => sheet.Lines(bar.Name, 9.5, false, 190)).ToList();
        var height = names.Sum(lines => (lines.Count * RowLine) + 4);
        sheet.Fit(Math.Min(height + 50, PdfSheet.Bottom - PdfSheet.Top));
        sheet.Paragraph(PdfBlockLevelElementTag.Paragraph, $"Chart {++charts}. {bars.Caption}", 10.5, PdfSheet.Deep, bold: true, after: 4);
        var longest = Math.Max(1e-9, bars.Rows.Max(bar => bar.Length ?? 0));
        sheet.Illustration($"{bars.Caption}. {bars.Says}", new XRect(PdfSheet.Left, sheet.At, PdfSheet.Width, height), () => Draw(bars.Rows.Zip(names), longest));
        sheet.At += 2;
        sheet.Paragraph(PdfBlockLevelElementTag.Paragraph, bars.Says, 9.5, PdfSheet.Quiet);
    }

    private void Draw(IEnumerable<(PaperBar Bar, IReadOnlyList<string> Lines)> bars, double longest)
    {
        foreach (var (bar, lines) in bars)
        {
            sheet.Fit((lines.Count * RowLine) + 4);
            foreach (var (line, number) in lines.Select((line, number) => (line, number)))
            {
                sheet.Words(line, PdfSheet.Left, sheet.At + 9.5 + (number * RowLine), 9.5, PdfSheet.Ink, false);
            }

            var length = (PdfSheet.Width - 260) * Math.Max(0, bar.Length ?? 0) / longest;
            if (length > 0)
            {
                sheet.Graphics.DrawRectangle(new XSolidBrush(PdfSheet.Deep), PdfSheet.Left + 200, sheet.At, length, 11);
            }

            sheet.Words(PlainText.Of(bar.Printed), PdfSheet.Left + 205 + length, sheet.At + 9.5, 9.5, PdfSheet.Ink, true);
            sheet.At += (lines.Count * RowLine) + 4;
        }
    }

    private void Grid(PaperPart.Grid grid)
    {
        var number = ++tables;
        var parts = grid.Table.InParts(MostColumns);
        for (var part = 0; part < parts.Count; part++)
        {
            sheet.Fit(70);
            sheet.Paragraph(PdfBlockLevelElementTag.Paragraph, $"Table {number}. {grid.Caption}{(parts.Count == 1 ? "" : $", part {part + 1} of {parts.Count}")}", 10.5, PdfSheet.Deep, bold: true, after: 4);
            new PdfTable(sheet).Write(parts[part]);
        }

        foreach (var note in grid.Table.Notes)
        {
            sheet.Paragraph(PdfBlockLevelElementTag.Paragraph, note, 9.5, PdfSheet.Quiet, after: 3);
        }

        sheet.At += 8;
    }

    // A picture on the left, words on the right.
    private void Pictured(PaperPart.Pictured part)
    {
        const double Size = 100, Gap = 28, Letter = 16;
        var left = PdfSheet.Left + Size + Gap;
        var height = part.Lines.Sum(line => (sheet.Lines(line, Letter, false, PdfSheet.Right - left).Count * Letter * 1.4) + 8);
        sheet.Fit(Math.Max(Size, height));
        var top = sheet.At;
        using (var png = new MemoryStream(pictures.Png(part.Picture)))
        using (var image = XImage.FromStream(png))
        {
            sheet.Illustration(part.Describes, new XRect(PdfSheet.Left, top, Size, Size), () => sheet.Graphics.DrawImage(image, PdfSheet.Left, top, Size, Size));
        }

        foreach (var line in part.Lines)
        {
            sheet.Paragraph(PdfBlockLevelElementTag.Paragraph, line, Letter, PdfSheet.Ink, left: left, width: PdfSheet.Right - left);
        }

        sheet.At = Math.Max(sheet.At, top + Size) + 10;
    }
}
