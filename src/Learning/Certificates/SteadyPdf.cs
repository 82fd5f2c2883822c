using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Learning.Certificates;

/// <summary>
/// The same PDF as the same bytes: what the writer makes up at random each time (the numbers of the document, the six letters before the name of an embedded font) is made of a seed instead, letter for letter as long, so that every
/// place in the file stays where its table says. Pure.
/// </summary>
internal static partial class SteadyPdf
{
    public static byte[] Of(byte[] file, string seed)
    {
        var text = Encoding.Latin1.GetString(file);
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(seed)));
        text = Fonts(text);
        text = Numbers().Replace(text, "uuid:" + new Guid(Convert.FromHexString(hash[..32])));
        text = Id().Replace(text, $"/ID[<{hash[..32]}><{hash[..32]}>]");
        return Encoding.Latin1.GetBytes(text);
    }

    // By the order in which the fonts come, the same in each file.
    private static string Fonts(string text)
    {
        var tags = new Dictionary<string, string>();
        return FontTag().Replace(text, match =>
        {
            if (!tags.TryGetValue(match.Groups[2].Value, out var tag))
            {
                tags[match.Groups[2].Value] = tag = $"LEARN{(char)('A' + tags.Count)}";
            }

            return $"{match.Groups[1].Value}{tag}+";
        });
    }

    [GeneratedRegex(@"(/(?:FontName|BaseFont)\s?/)([A-Z]{6})\+")]
    private static partial Regex FontTag();

    [GeneratedRegex("uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Numbers();

    [GeneratedRegex(@"/ID\s?\[<[0-9A-F]{32}><[0-9A-F]{32}>\]")]
    private static partial Regex Id();
}
