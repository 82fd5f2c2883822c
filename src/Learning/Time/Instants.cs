using System.Globalization;

namespace Learning.Time;

/// <summary>Instants as programs write them (ISO 8601, always with a zone).</summary>
public static class Instants
{
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK"];

    /// <summary>The instant of a text such as 2024-05-01T00:00:00Z or 2024-05-01T01:00+01:00, in UTC. A time without its zone is no instant.</summary>
    public static bool TryParse(string? text, out DateTimeOffset instant)
    {
        instant = default;
        if (text is null || !DateTime.TryParseExact(text.Trim(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var plain) || plain.Kind == DateTimeKind.Unspecified)
        {
            return false;
        }

        var read = DateTimeOffset.TryParseExact(text.Trim(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out instant);
        return read && instant.Year is > 1 and < 9999;
    }
}
