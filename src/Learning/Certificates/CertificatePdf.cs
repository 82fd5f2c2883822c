using Learning.Catalogue;
using Learning.Figures.Publishing;
using Learning.Messages;
using Learning.Time;

using PdfSharp.Drawing;
using PdfSharp.Pdf;
using PdfSharp.UniversalAccessibility;

namespace Learning.Certificates;

/// <summary>
/// A certificate on one page of A4, of its own facts alone: the same certificate is the same bytes, whenever and wherever it is made, as long as the site has its address. Tagged in the order in which it is read, with title and language.
/// It says what was recorded, never that somebody is able.
/// </summary>
public sealed class CertificatePdf(Letterhead head, Zone zone)
{
    private const double Band = 92, FactName = 130, Code = 118, CodeTop = 642;

    /// <summary>What the paper says at its foot.</summary>
    internal const string Says = "It says what was recorded when it was issued. It does not say how its holder practises.";

    /// <summary>The file's bytes.</summary>
    public byte[] Write(CertificateSeen certificate)
    {
        var sheet = new PdfSheet(new Paper($"{Title(certificate)}: {certificate.CourseTitle}", $"Certificate {certificate.Spelt}", false, []));
        var issued = certificate.IssuedAt.UtcDateTime;
        (sheet.Document.Info.CreationDate, sheet.Document.Info.ModificationDate) = (issued, issued);
        Head(sheet, certificate);
        Holder(sheet, certificate);
        Facts(sheet, certificate);
        Check(sheet, certificate);
        using var bytes = new MemoryStream();
        sheet.Document.Save(bytes, closeStream: false);
        return SteadyPdf.Of(bytes.ToArray(), certificate.Number);
    }

    /// <summary>Its file's name.</summary>
    public static string NameOf(CertificateSeen certificate) => $"certificate-{certificate.Spelt.ToLowerInvariant()}.pdf";

    private static string Title(CertificateSeen certificate) => certificate.Kind == CourseKind.ELearning ? "Certificate of completion" : "Certificate of attendance";

    private static void Head(PdfSheet sheet, CertificateSeen certificate)
    {
        sheet.Artefact(graphics =>
        {
            graphics.DrawRectangle(new XSolidBrush(PdfSheet.Deep), 0, 0, 595, Band);
            graphics.DrawRectangle(new XPen(PdfSheet.Line, 0.75), 28, Band + 22, 539, 668);
        });
        sheet.At = 34;
        Fitting(sheet, PdfBlockLevelElementTag.Paragraph, certificate.Partnership, [18, 14, 11], 2, XColors.White, bold: true);
        sheet.At = Band + 56;
        sheet.Paragraph(PdfBlockLevelElementTag.Heading1, Title(certificate), 28, PdfSheet.Deep, bold: true, after: 22);
    }

    private static void Holder(PdfSheet sheet, CertificateSeen certificate)
    {
        Fitting(sheet, PdfBlockLevelElementTag.Paragraph, certificate.Holder ?? CertificateWords.Withheld, [26, 20, 15, 12, 10], 5, PdfSheet.Ink, bold: true);
        sheet.Paragraph(PdfBlockLevelElementTag.Paragraph, CertificateWords.Did(certificate), 13, PdfSheet.Ink, after: 6);
        Fitting(sheet, PdfBlockLevelElementTag.Paragraph, certificate.CourseTitle, [20, 16, 12, 10], 7, PdfSheet.Deep, bold: true);
        sheet.Paragraph(PdfBlockLevelElementTag.Paragraph, $"on {British.Date(certificate.HeldOn)}.", 13, PdfSheet.Ink, after: 20);
    }

    private static void Facts(PdfSheet sheet, CertificateSeen certificate)
    {
        (string Name, string? Says)[] facts =
        [
            ("Course code", certificate.CourseCode), ("Level", CertificateWords.Level(certificate)), ("CPD hours", CertificateWords.Hours(certificate)), ("Together with others", CertificateWords.Participatory(certificate)),
            ("Counts", CertificateWords.Counts(certificate)), ("Version taken", certificate.CourseVersion is { } version ? version[..Math.Min(12, version.Length)] : null),
        ];
        sheet.Tags.BeginElement(PdfBlockLevelElementTag.Table);
        foreach (var (name, says) in facts)
        {
            if (says is not null)
            {
                Fact(sheet, name, Short(sheet.Lines(says, 11, false, PdfSheet.Width - FactName), 4), says);
            }
        }

        sheet.Tags.End();
    }

    private static void Fact(PdfSheet sheet, string name, IReadOnlyList<string> lines, string says)
    {
        sheet.Tags.BeginElement(PdfBlockLevelElementTag.TableRow);
        sheet.Tags.BeginElement(PdfBlockLevelElementTag.TableHeaderCell);
        var scope = new PdfDictionary(sheet.Document);
        scope.Elements.SetName("/O", "/Table");
        scope.Elements.SetName("/Scope", "/Row");
        sheet.Tags.CurrentStructureElement.Elements["/A"] = scope;
        sheet.Words(name, PdfSheet.Left, sheet.At + 11, 11, PdfSheet.Quiet, false);
        sheet.Tags.End();
        sheet.Tags.BeginElement(PdfBlockLevelElementTag.TableDataCell);
        sheet.Says(says);
        foreach (var line in lines)
        {
            sheet.Words(line, PdfSheet.Left + FactName, sheet.At + 11, 11, PdfSheet.Ink, true);
            sheet.At += 15;
        }

        sheet.Tags.End();
        sheet.Tags.End();
        sheet.At += 4;
    }

    // At the foot, whatever stands above.
    private void Check(PdfSheet sheet, CertificateSeen certificate)
    {
        var width = PdfSheet.Width - Code - 16;
        sheet.At = CodeTop + 8;
        sheet.Paragraph(PdfBlockLevelElementTag.Paragraph, $"Certificate number {certificate.Spelt}", 12.5, PdfSheet.Ink, bold: true, after: 4, width: width);
        sheet.Paragraph(PdfBlockLevelElementTag.Paragraph, $"Issued on {British.Date(zone.DateOf(certificate.IssuedAt))}{(certificate.Replaces ? ", in place of an earlier one" : "")}.", 10.5, PdfSheet.Ink, after: 4, width: width);
        Fitting(sheet, PdfBlockLevelElementTag.Paragraph, $"Check that it stands at {head.Site.ToString().TrimEnd('/')}/verify", [10.5, 8], 2, PdfSheet.Ink, bold: false, width);
        sheet.Paragraph(PdfBlockLevelElementTag.Paragraph, Says, 9, PdfSheet.Quiet, width: width);
        var address = AddressOf(certificate);
        sheet.Illustration($"QR code of {address}", new XRect(PdfSheet.Right - Code, CodeTop, Code, Code), () => QrSquares.Draw(sheet.Graphics, address, PdfSheet.Right - Code, CodeTop, Code));
    }

    /// <summary>Where it is checked.</summary>
    public string AddressOf(CertificateSeen certificate) => new Uri(head.Site, $"/verify/{certificate.Spelt}").ToString();

    // The largest size at which it takes no more lines than that; at the smallest it is cut, and read out whole.
    private static void Fitting(PdfSheet sheet, PdfBlockLevelElementTag tag, string text, double[] sizes, int most, XColor colour, bool bold, double width = PdfSheet.Width)
    {
        var size = sizes.FirstOrDefault(size => sheet.Lines(text, size, bold, width).Count <= Math.Min(most, size > 14 ? 2 : most), sizes[^1]);
        var lines = sheet.Lines(text, size, bold, width);
        sheet.Tags.BeginElement(tag);
        sheet.Says(text, lines.Count > most);
        foreach (var line in Short(lines, most))
        {
            sheet.Words(line, PdfSheet.Left, sheet.At + size, size, colour, bold);
            sheet.At += size * 1.3;
        }

        sheet.Tags.End();
        sheet.At += 8;
    }

    private static IReadOnlyList<string> Short(IReadOnlyList<string> lines, int most) => lines.Count <= most ? lines : [.. lines.Take(most - 1), $"{lines[most - 1]}…"];
}
