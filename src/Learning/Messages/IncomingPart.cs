using System.Text;
using System.Text.RegularExpressions;

namespace Learning.Messages;

/// <summary>
/// A part of a mail as it came (RFC 5322, 2045): its headers, and its words or further parts. Reads whatever bytes it is given, also such as break every rule: what it cannot make out is not there. At most
/// <see cref="Deepest"/> levels and <see cref="Most"/> parts are looked at.
/// </summary>
internal sealed partial class IncomingPart
{
    private const int Deepest = 6, Most = 50;

    private readonly Dictionary<string, string> headers;
    private readonly string body;

    private IncomingPart(string raw, int depth)
    {
        var lines = raw.Split('\n');
        // A mailbox file puts a line of its own before the first header.
        var first = lines[0].StartsWith("From ", StringComparison.Ordinal) ? 1 : 0;
        var blank = Array.FindIndex(lines, first, line => line.Length == 0);
        headers = Fields(lines[first..(blank < 0 ? lines.Length : blank)]);
        body = blank < 0 ? "" : string.Join('\n', lines[(blank + 1)..]);
        Parts = Boundary() is { Length: > 0 } boundary && depth < Deepest ? [.. Between(boundary).Take(Most).Select(part => new IncomingPart(part, depth + 1))] : [];
    }

    /// <summary>A whole mail.</summary>
    public static IncomingPart Of(byte[] mail) => new(Encoding.Latin1.GetString(mail).Replace("\r\n", "\n", StringComparison.Ordinal), 0);

    /// <summary>What a part of a mail holds that is a mail, or the headers of one, itself.</summary>
    public IncomingPart Held() => new(Words, Deepest);

    /// <summary>"multipart/report"; text/plain where nothing is said.</summary>
    public string Type => (Header("Content-Type") ?? "text/plain").Split(';')[0].Trim().ToLowerInvariant();

    public IReadOnlyList<IncomingPart> Parts { get; }

    /// <summary>This part and all within it.</summary>
    public IEnumerable<IncomingPart> All() => Parts.SelectMany(part => part.All()).Prepend(this);

    /// <summary>The first header of a name, on one line; null: none.</summary>
    public string? Header(string name) => headers.GetValueOrDefault(name);

    /// <summary>The body, taken out of its encoding.</summary>
    public string Words => (Header("Content-Transfer-Encoding")?.Trim().ToLowerInvariant()) switch
    {
        "base64" => Text(FromBase64()),
        "quoted-printable" => Text(FromQuotedPrintable()),
        _ => Text(Encoding.Latin1.GetBytes(body)),
    };

    /// <summary>Header fields, those that go on over several lines put together; the first of a name.</summary>
    internal static Dictionary<string, string> Fields(IEnumerable<string> lines)
    {
        var (fields, last) = (new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase), (string?)null);
        foreach (var line in lines)
        {
            if (line is [' ' or '\t', ..])
            {
                if (last is not null)
                {
                    fields[last] += " " + line.Trim();
                }

                continue;
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            last = colon > 0 && fields.TryAdd(line[..colon].Trim(), line[(colon + 1)..].Trim()) ? line[..colon].Trim() : null;
        }

        return fields;
    }

    private string? Boundary() => Type.StartsWith("multipart/", StringComparison.Ordinal) && BoundaryOf().Match(Header("Content-Type")!) is { Success: true } match
        ? match.Groups["quoted"].Success ? match.Groups["quoted"].Value : match.Groups["plain"].Value
        : null;

    private IEnumerable<string> Between(string boundary)
    {
        StringBuilder? part = null;
        foreach (var line in body.Split('\n'))
        {
            if (!line.StartsWith("--" + boundary, StringComparison.Ordinal))
            {
                part?.Append(line).Append('\n');
                continue;
            }

            if (part is not null)
            {
                yield return part.ToString();
            }

            part = new StringBuilder();
            if (line.AsSpan(boundary.Length + 2).StartsWith("--"))
            {
                yield break;
            }
        }

        // Cut off before its end, as long reports are.
        if (part is { Length: > 0 })
        {
            yield return part.ToString();
        }
    }

    private byte[] FromBase64()
    {
        var letters = string.Concat(body.Where(one => char.IsAsciiLetterOrDigit(one) || one is '+' or '/'));
        letters = letters[..(letters.Length - (letters.Length % 4 == 1 ? 1 : 0))];
        return Convert.FromBase64String(letters.PadRight((letters.Length + 3) / 4 * 4, '='));
    }

    private byte[] FromQuotedPrintable() => Encoding.Latin1.GetBytes(Quoted().Replace(SoftBreak().Replace(body, ""), match => ((char)Convert.ToByte(match.Groups[1].Value, 16)).ToString()));

    private static string Text(byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).Replace("\r\n", "\n", StringComparison.Ordinal);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes).Replace("\r\n", "\n", StringComparison.Ordinal);
        }
    }

    [GeneratedRegex("""[;\s]boundary\s*=\s*(?:"(?<quoted>[^"]*)"|(?<plain>[^\s;]+))""", RegexOptions.IgnoreCase)]
    private static partial Regex BoundaryOf();

    [GeneratedRegex("=[ \t]*\n")]
    private static partial Regex SoftBreak();

    [GeneratedRegex("=([0-9A-Fa-f]{2})")]
    private static partial Regex Quoted();
}
