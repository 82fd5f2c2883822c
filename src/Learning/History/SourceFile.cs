using System.Text;
using System.Text.Unicode;

namespace Learning.History;

/// <summary>A file of the folder as text. Where bytes are not UTF-8 the text has <see cref="Lost"/>; the sheet says so at the first value that they spoil, and no more.</summary>
internal sealed record SourceFile(string Name, string Text, bool BadEncoding)
{
    /// <summary>Stands for bytes that are not UTF-8.</summary>
    public const char Lost = '\uFFFD';

    private const long Largest = 1_000_000_000;

    /// <summary>Reads a file. Null where it cannot be read as text at all, which is then said.</summary>
    public static async Task<SourceFile?> ReadAsync(Format format, string path, Findings findings, CancellationToken stop)
    {
        var name = Path.GetFileName(path);
        byte[] bytes;
        try
        {
            if (new FileInfo(path).Length > Largest)
            {
                findings.Mistake(new Place(format.Order, name, 1, 1), "the file is larger than a gigabyte; import it in pieces");
                return null;
            }

            bytes = await File.ReadAllBytesAsync(path, stop);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            findings.Mistake(new Place(format.Order, name, 1, 1), $"the file cannot be read: {e.Message}");
            return null;
        }

        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] || bytes.AsSpan(0, Math.Min(bytes.Length, 400)).Contains((byte)0))
        {
            findings.Mistake(new Place(format.Order, name, 1, 1), "the file is not UTF-8; save it as CSV in UTF-8");
            return null;
        }

        var start = bytes is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;
        var content = bytes.AsSpan(start);
        return new SourceFile(name, Encoding.UTF8.GetString(content), !Utf8.IsValid(content));
    }
}
