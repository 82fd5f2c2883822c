using PdfSharp.Drawing;
using PdfSharp.Pdf;
using PdfSharp.UniversalAccessibility;

namespace Learning.Figures.Publishing;

/// <summary>A table of a PDF: rows and cells tagged, header cells with their scope; on each further page its header is drawn again, for the eyes alone.</summary>
internal sealed class PdfTable(PdfSheet sheet)
{
    private const double Letter = 9, Step = 12, Pad = 3;
    private double[] edges = [];

    /// <summary>A table that is no wider than the page.</summary>
    public void Write(PublishedTable table)
    {
        var count = table.Columns.Count;
        var column = Math.Min(110, PdfSheet.Width * 0.68 / count);
        edges = [PdfSheet.Left, .. Enumerable.Range(0, count + 1).Select(n => PdfSheet.Right - (column * (count - n)))];
        string[] head = [table.Head, .. table.Columns];
        sheet.Tags.BeginElement(PdfBlockLevelElementTag.Table);
        Row(head, head, isHead: true, strong: true);
        foreach (var row in table.All)
        {
            Row([row.Name, .. row.Cells.Select(cell => cell.Printed)], head, isHead: false, strong: row == table.Total);
        }

        sheet.Tags.End();
        sheet.At += 6;
    }

    private void Row(string[] cells, string[] head, bool isHead, bool strong)
    {
        var lines = Broken(cells, isHead || strong);
        var height = Height(lines);
        if (sheet.Fit(height) && !isHead)
        {
            sheet.Artefact(_ => Draw(Broken(head, true), true, (_, draw) => draw()));
            sheet.At += Height(Broken(head, true));
        }

        sheet.Tags.BeginElement(PdfBlockLevelElementTag.TableRow);
        Draw(lines, isHead || strong, (cell, draw) =>
        {
            sheet.Tags.BeginElement(isHead || cell == 0 ? PdfBlockLevelElementTag.TableHeaderCell : PdfBlockLevelElementTag.TableDataCell);
            if (isHead || cell == 0)
            {
                var scope = new PdfDictionary(sheet.Document);
                scope.Elements.SetName("/O", "/Table");
                scope.Elements.SetName("/Scope", isHead ? "/Column" : "/Row");
                sheet.Tags.CurrentStructureElement.Elements["/A"] = scope;
            }

            sheet.Says(cells[cell]);
            draw();
            sheet.Tags.End();
        });
        sheet.Tags.End();
        sheet.At += height;
        sheet.Artefact(graphics => graphics.DrawLine(new XPen(isHead ? PdfSheet.Deep : PdfSheet.Line, isHead ? 1 : 0.5), PdfSheet.Left, sheet.At, PdfSheet.Right, sheet.At));
    }

    private IReadOnlyList<string>[] Broken(string[] cells, bool bold) =>
        [.. cells.Select((text, cell) => sheet.Lines(text, Letter, bold || cell == 0, edges[cell + 1] - edges[cell] - (2 * Pad)))];

    private static double Height(IReadOnlyList<string>[] lines) => (Math.Max(1, lines.Max(cell => cell.Count)) * Step) + (2 * Pad);

    private void Draw(IReadOnlyList<string>[] lines, bool bold, Action<int, Action> within)
    {
        for (var cell = 0; cell < lines.Length; cell++)
        {
            var here = cell;
            within(here, () =>
            {
                for (var line = 0; line < lines[here].Count; line++)
                {
                    sheet.Words(lines[here][line], here == 0 ? edges[0] : edges[here + 1] - Pad, sheet.At + Pad + Letter + (line * Step), Letter, PdfSheet.Ink, bold || here == 0, toTheRight: here > 0);
                }
            });
        }
    }
}
