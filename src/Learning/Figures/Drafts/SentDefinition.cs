using System.Text;

namespace Learning.Figures.Drafts;

/// <summary>A file that was sent as the definition of a report.</summary>
/// <param name="Mistake">Why it cannot be one, whatever it says; null: it is read.</param>
public sealed record SentDefinition(string Yaml, string? Mistake)
{
    /// <summary>The field that it is sent in.</summary>
    public const string Field = "Sent.File";

    private const int Largest = 256 * 1024;

    /// <summary>Reads what was sent.</summary>
    public static async Task<SentDefinition> ReadAsync(IFormFile? file, CancellationToken stop)
    {
        if (file is null || file.Length == 0)
        {
            return new SentDefinition("", "Choose the file to send");
        }

        if (file.Length > Largest)
        {
            return new SentDefinition("", "The file is larger than 256 KB; a definition is far smaller");
        }

        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, stop);
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.ToArray());
            return text.Contains('\0', StringComparison.Ordinal) ? new SentDefinition("", "The file is not text") : new SentDefinition(text.TrimStart('\uFEFF'), null);
        }
        catch (DecoderFallbackException)
        {
            return new SentDefinition("", "The file is not text in UTF-8");
        }
    }
}
