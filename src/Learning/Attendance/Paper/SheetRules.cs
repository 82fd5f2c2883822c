namespace Learning.Attendance.Paper;

/// <summary>What may be kept as a photograph of a signed sheet. Pure.</summary>
public static class SheetRules
{
    /// <summary>The bytes of a file; the database holds to it too.</summary>
    public const int LargestFile = 10_485_760;

    /// <summary>Sheets of one session: a hall of a conference signs several pages.</summary>
    public const int Most = 60;

    /// <summary>
    /// What a file is, by how it begins and not by what it is called, as it is to be kept: a photograph without what the camera wrote into it. Or the sentence that says what is wrong with it.
    /// </summary>
    public static (string? MediaType, byte[]? Content, string? Wrong) Read(byte[] content)
    {
        if (WhyNot(content.LongLength) is { } wrong)
        {
            return (null, null, wrong);
        }

        ReadOnlySpan<byte> file = content;
        if (file.StartsWith("%PDF-"u8))
        {
            return ("application/pdf", content, null);
        }

        var (type, kept) = file.StartsWith((byte[])[0xFF, 0xD8, 0xFF]) ? ("image/jpeg", StripMetadata.Jpeg(file)) : file.StartsWith((byte[])[0x89, 0x50, 0x4E, 0x47]) ? ("image/png", StripMetadata.Png(file)) : ("", null);
        return type.Length == 0
            ? (null, null, file.Length > 12 && file[4..8].SequenceEqual("ftyp"u8) ? "This photograph is HEIC. Set the telephone’s camera to “most compatible”, or send a picture of the screen" : "This is no JPEG, PNG or PDF")
            : kept is null ? (null, null, "The picture is damaged, or not all of it arrived. Send it again")
            : (type, kept, null);
    }

    /// <summary>Why a file of so many bytes is not even looked at; null: it is.</summary>
    public static string? WhyNot(long bytes) => bytes == 0 ? "Choose a photograph or a scan of the sheet" : bytes > LargestFile ? "The file is larger than 10 MB" : null;
}
