using Learning.Time;

namespace Learning.Required;

/// <summary>What may be sent as evidence of learning elsewhere. Pure.</summary>
internal static class EvidenceRules
{
    /// <summary>The bytes of a file; the database holds to it too.</summary>
    public const int LargestFile = 5_242_880;

    /// <summary>What somebody may have waiting at once.</summary>
    public const int MostWaiting = 20;

    private const int LongestLine = 200;

    /// <summary>What a file is, by how it begins and not by what it is called; null: none of the three that are taken.</summary>
    public static (string MediaType, string Extension)? TypeOf(ReadOnlySpan<byte> content) =>
        content.StartsWith("%PDF-"u8) ? ("application/pdf", "pdf")
        : content.StartsWith((byte[])[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? ("image/png", "png")
        : content.StartsWith((byte[])[0xFF, 0xD8, 0xFF]) ? ("image/jpeg", "jpg")
        : null;

    /// <summary>Says what is wrong with what was typed, by field.</summary>
    public static void Check(string? title, string? provider, bool isDate, DateOnly? doneOn, DateOnly today, Action<string, string> wrong)
    {
        Line("Input.Title", title, "Enter what the training was called");
        Line("Input.Provider", provider, "Enter who gave it");
        if (!isDate || doneOn is null)
        {
            wrong("Input.DoneOn", "Enter the day on which you finished it, such as 30/09/2026");
        }
        else if (doneOn > today)
        {
            wrong("Input.DoneOn", "The day is still to come");
        }
        else if (doneOn.Value.AddYears(10) < today)
        {
            wrong("Input.DoneOn", "It is longer ago than ten years");
        }

        void Line(string field, string? text, string sentence)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                wrong(field, sentence);
            }
            else if (text.Trim().Length > LongestLine || text.Any(char.IsControl))
            {
                wrong(field, $"Enter one line of {LongestLine} characters at most");
            }
        }
    }

    /// <summary>Says what is wrong with the file; null: nothing.</summary>
    public static string? WhyNotFile(byte[]? content) => content switch
    {
        null or { Length: 0 } => "Choose a file that shows it",
        { Length: > LargestFile } => "The file is larger than 5 MB",
        _ when TypeOf(content) is null => "This is no PDF, PNG or JPEG",
        _ => null,
    };
}
