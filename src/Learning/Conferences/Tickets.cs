namespace Learning.Conferences;

/// <summary>The code of a ticket, as people read it and scanners do: unguessable, and says nothing about anybody.</summary>
public static class Tickets
{
    /// <summary>Four groups of eight letters and digits.</summary>
    public static string CodeOf(Guid ticket) => string.Join('-', ticket.ToString("N").ToUpperInvariant().Chunk(8).Select(group => new string(group)));

    /// <summary>The ticket of a code, however it was typed; null for what is none.</summary>
    public static Guid? Read(string? code) =>
        Guid.TryParseExact(new string([.. (code ?? "").Where(char.IsAsciiLetterOrDigit)]), "N", out var ticket) ? ticket : null;
}
