namespace Learning.Bookings;

/// <summary>Access and dietary needs as somebody typed them, and as they are kept: null for nothing. PostgreSQL keeps no NUL in a text; no keyboard writes one.</summary>
internal static class SaidNeeds
{
    public static string? Of(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Replace("\0", "", StringComparison.Ordinal).Trim();
}
