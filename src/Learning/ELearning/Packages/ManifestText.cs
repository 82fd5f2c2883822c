using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Learning.ELearning.Packages;

/// <summary>
/// Reads the bytes of imsmanifest.xml as XML: in the letters that its first bytes or its first line name, and where it is not written in what it says, as tools on Windows write. Nothing outside is ever fetched, no document type and so
/// no entity is taken (XML 1.0 4.4; billion laughs, external entities).
/// </summary>
internal static partial class ManifestText
{
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);
    private static readonly Encoding Windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>The text and what it says; or why it cannot be read.</summary>
    public static (string? Text, XDocument? Xml, string? WhyNot) Read(byte[] bytes)
    {
        if (TextOf(bytes) is not { } text)
        {
            return (null, null, $"it is written in “{Verdict.Shown(Named(bytes))}”, which is not known; save it as UTF-8");
        }

        try
        {
            using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = PackageLimits.LargestManifest, MaxCharactersFromEntities = 1024, IgnoreComments = true, IgnoreProcessingInstructions = true,
            });
            return (text, XDocument.Load(reader), null);
        }
        catch (XmlException e)
        {
            return (null, null, e.Message.Contains("DTD", StringComparison.Ordinal) && text.Contains("<!DOCTYPE", StringComparison.OrdinalIgnoreCase)
                ? "it has a document type (<!DOCTYPE), which is not read; take it out" : $"it is no well-formed XML: {Verdict.Shown(e.Message)}");
        }
    }

    /// <summary>Null: it names letters that nobody knows.</summary>
    private static string? TextOf(byte[] bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => Forgiving(bytes.AsSpan(3)),
        [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(bytes.AsSpan(2)),
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(bytes.AsSpan(2)),
        [(byte)'<', 0, ..] => Encoding.Unicode.GetString(bytes),
        [0, (byte)'<', ..] => Encoding.BigEndianUnicode.GetString(bytes),
        _ => Declared(bytes),
    } is { } text ? text.TrimStart('\ufeff', ' ', '\t', '\r', '\n') : null;

    private static string? Declared(byte[] bytes)
    {
        var name = Named(bytes).ToLowerInvariant();
        // Whoever writes bytes of ASCII and says UTF-16 has converted the file and not its first line.
        if (name.Length == 0 || name.StartsWith("utf", StringComparison.Ordinal) || name.StartsWith("ucs", StringComparison.Ordinal) || name.StartsWith("iso-10646", StringComparison.Ordinal))
        {
            return Forgiving(bytes);
        }

        // What calls itself Latin 1 or ASCII on Windows has the quotation marks of Windows in it.
        if (name is "iso-8859-1" or "latin1" or "latin-1" or "us-ascii" or "ascii" or "ansi" or "windows-1252" or "cp1252")
        {
            return name is "us-ascii" or "ascii" ? Forgiving(bytes) : Windows.GetString(bytes);
        }

        try
        {
            return (CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name)).GetString(bytes);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static string Forgiving(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Windows.GetString(bytes);
        }
    }

    private static string Named(byte[] bytes) => Encodings().Match(Encoding.Latin1.GetString(bytes, 0, Math.Min(bytes.Length, 400))) is { Success: true } match ? match.Groups[1].Value : "";

    [GeneratedRegex("""^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([^"'>]*)["']""")]
    private static partial Regex Encodings();
}
