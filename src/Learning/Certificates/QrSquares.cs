using Learning.Figures.Publishing;

using PdfSharp.Drawing;

using QRCoder;

namespace Learning.Certificates;

/// <summary>A text as a QR code on paper, with the quiet edge around it: squares of a row that touch are one rectangle.</summary>
internal static class QrSquares
{
    public static void Draw(XGraphics graphics, string text, double left, double top, double size)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var (rows, brush) = (code.ModuleMatrix, new XSolidBrush(PdfSheet.Ink));
        var one = size / rows.Count;
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows.Count; x++)
            {
                var from = x;
                while (x < rows.Count && rows[y][x])
                {
                    x++;
                }

                if (x > from)
                {
                    graphics.DrawRectangle(brush, left + (from * one), top + (y * one), (x - from) * one, one);
                }
            }
        }
    }
}
