using System.Text;

namespace Learning.Attendance.Meetings;

/// <summary>A report's bytes as text: Teams writes UTF-16 with a mark, Zoom and Meet UTF-8 with or without one, and a spreadsheet that saved it again perhaps Latin letters of one byte. Pure; never throws.</summary>
internal static class ReportText
{
    private static readonly byte[] Zip = [0x50, 0x4B, 0x03, 0x04], OldWorkbook = [0xD0, 0xCF, 0x11, 0xE0];

    /// <summary>The text, or the sentence that says why there is none.</summary>
    public static (string? Text, string? Wrong) Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0)
        {
            return (null, "It is empty. Download the report again.");
        }

        if (bytes.StartsWith(Zip) || bytes.StartsWith(OldWorkbook))
        {
            return (null, "It is a workbook. Save it as CSV, or send the report as it was downloaded.");
        }

        var (encoding, mark) = Encoding(bytes);
        if (encoding is UnicodeEncoding && (bytes.Length - mark) % 2 != 0)
        {
            return (null, "It breaks off in the middle of a letter. Download the report again.");
        }

        string text;
        try
        {
            text = encoding.GetString(bytes[mark..]);
        }
        catch (DecoderFallbackException)
        {
            if (encoding is UnicodeEncoding || mark > 0)
            {
                return (null, "It is damaged: not all of it is text. Download the report again.");
            }

            text = System.Text.Encoding.Latin1.GetString(bytes);
        }

        return text.Any(letter => char.IsControl(letter) && letter is not ('\t' or '\r' or '\n')) ? (null, "It is not the text of a report. Send it as it was downloaded from Teams, Zoom or Meet.")
            : string.IsNullOrWhiteSpace(text) ? (null, "It is empty. Download the report again.")
            : (text, null);
    }

    // By the mark at its beginning; without one, every second byte of UTF-16 in Latin letters is nothing.
    private static (Encoding Encoding, int Mark) Encoding(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((byte[])[0xFF, 0xFE]) ? (new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true), 2)
        : bytes.StartsWith((byte[])[0xFE, 0xFF]) ? (new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true), 2)
        : bytes.StartsWith((byte[])[0xEF, 0xBB, 0xBF]) ? (new UTF8Encoding(false, throwOnInvalidBytes: true), 3)
        : bytes.Length > 3 && bytes[1] == 0 && bytes[3] == 0 ? (new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true), 0)
        : bytes.Length > 3 && bytes[0] == 0 && bytes[2] == 0 ? (new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true), 0)
        : (new UTF8Encoding(false, throwOnInvalidBytes: true), 0);
}
