using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Learning.Tests.Support;

/// <summary>A mail as it came over the wire, read by rules of its own (RFC 5322, 2045 to 2047), not by the program's.</summary>
public sealed class ReceivedMail(string to, string raw)
{
    /// <summary>The envelope's recipient.</summary>
    public string To { get; } = to;
    public string Raw { get; } = raw;

    /// <summary>The whole mail as the outermost part.</summary>
    public MailPart Root { get; } = new(raw);

    public string? Header(string name) => Root.Header(name);
    public string Subject => MailPart.Words(Header("Subject") ?? "");

    /// <summary>The text of the first part of a type, wherever it stands.</summary>
    public string? Text(string type) => Root.All().FirstOrDefault(part => part.Type == type)?.Content;
}

/// <summary>A part of a mail: headers, and content or further parts.</summary>
public sealed partial class MailPart
{
    private readonly Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);

    public MailPart(string raw)
    {
        var end = raw.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var (head, body) = end < 0 ? (raw, "") : (raw[..end], raw[(end + 4)..]);
        foreach (var line in Regex.Replace(head, "\r\n[ \t]+", " ").Split("\r\n"))
        {
            var (name, value) = (line[..line.IndexOf(':')], line[(line.IndexOf(':') + 1)..].Trim());
            Assert.False(headers.ContainsKey(name), $"two headers {name}");
            headers[name] = value;
        }

        if (Parameter("boundary") is { } boundary)
        {
            var pieces = $"\r\n{body}".Split($"\r\n--{boundary}");
            Assert.StartsWith("--", pieces[^1]);
            Parts = [.. pieces[1..^1].Select(piece => new MailPart(piece.TrimStart('\r', '\n')))];
        }
        else
        {
            Content = Decode(body);
        }
    }

    public IReadOnlyList<MailPart> Parts { get; } = [];
    public string Content { get; } = "";
    public string Type => (Header("Content-Type") ?? "text/plain").Split(';')[0].Trim().ToLowerInvariant();

    public string? Header(string name) => headers.GetValueOrDefault(name);

    /// <summary>A parameter of the content type.</summary>
    public string? Parameter(string name) =>
        Regex.Match(Header("Content-Type") ?? "", $"{name}=(\"([^\"]*)\"|[^;\\s]+)", RegexOptions.IgnoreCase) is { Success: true } match
            ? match.Groups[2].Success ? match.Groups[2].Value : match.Groups[1].Value
            : null;

    /// <summary>This part and all within.</summary>
    public IEnumerable<MailPart> All() => Parts.SelectMany(part => part.All()).Prepend(this);

    /// <summary>Header text with its encoded words read.</summary>
    public static string Words(string text) => EncodedWord().Replace(Regex.Replace(text, @"\?=\s+=\?", "?==?"), match => match.Groups[2].Value.Equals("B", StringComparison.OrdinalIgnoreCase)
        ? Encoding.UTF8.GetString(Convert.FromBase64String(match.Groups[3].Value))
        : QuotedPrintable(match.Groups[3].Value.Replace('_', ' ')));

    private string Decode(string body) => (Header("Content-Transfer-Encoding") ?? "7bit").ToLowerInvariant() switch
    {
        "base64" => Encoding.UTF8.GetString(Convert.FromBase64String(body)),
        "quoted-printable" => QuotedPrintable(body.Replace("=\r\n", "", StringComparison.Ordinal)),
        _ => body,
    };

    private static string QuotedPrintable(string text)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=')
            {
                bytes.Add(byte.Parse(text.AsSpan(i + 1, 2), NumberStyles.HexNumber));
                i += 2;
            }
            else
            {
                bytes.Add((byte)text[i]);
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    [GeneratedRegex(@"=\?(utf-8)\?([BQ])\?([^?]*)\?=", RegexOptions.IgnoreCase)]
    private static partial Regex EncodedWord();
}
