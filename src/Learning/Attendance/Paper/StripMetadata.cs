using System.Buffers.Binary;

namespace Learning.Attendance.Paper;

/// <summary>
/// Takes out of a photograph what a camera or a program wrote into it besides the picture: the place, the time, the device, a small copy of the picture, a film that hangs on behind. Which side is up and the
/// colours stay, as does every pixel: nothing is encoded again. Pure; null where the file is no whole JPEG or PNG.
/// </summary>
internal static class StripMetadata
{
    private const byte Start = 0xD8, End = 0xD9, Scan = 0xDA, App0 = 0xE0, App1 = 0xE1, App2 = 0xE2, App14 = 0xEE, App15 = 0xEF, Comment = 0xFE;

    private static readonly byte[] PngStart = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    // What a picture is made of: anything else of a PNG is words about it.
    private static readonly string[] Kept = ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "bKGD", "hIST", "pHYs", "sPLT"];

    /// <summary>A JPEG without its segments of words: of APP1 nothing but which side is up, of the others JFIF, colour profile and Adobe's; no comments; nothing behind the end.</summary>
    public static byte[]? Jpeg(ReadOnlySpan<byte> file)
    {
        if (file.Length < 4 || file[0] != 0xFF || file[1] != Start)
        {
            return null;
        }

        using var kept = new MemoryStream(file.Length);
        kept.Write(file[..2]);
        var (at, turned) = (2, false);
        while (at + 4 <= file.Length)
        {
            if (file[at] != 0xFF)
            {
                return null;
            }

            var marker = file[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }

            if (marker == End)
            {
                kept.Write([0xFF, End]);
                return kept.ToArray();
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (length < 2 || at + 2 + length > file.Length)
            {
                return null;
            }

            var segment = file.Slice(at, 2 + length);
            if (marker == App1 && !turned && Orientation(segment[4..]) is { } side)
            {
                kept.Write(Turned(side));
                turned = true;
            }
            else if (IsKept(marker, segment[4..]))
            {
                kept.Write(segment);
            }

            at += 2 + length;
            if (marker == Scan)
            {
                var end = AfterScan(file, at);
                kept.Write(file[at..end]);
                at = end;
            }
        }

        // Cut by whatever sent it: the last two bytes are its end, or it has none.
        if (at + 2 <= file.Length && file[at] == 0xFF && file[at + 1] == End)
        {
            kept.Write([0xFF, End]);
            return kept.ToArray();
        }

        return null;
    }

    /// <summary>A PNG of its picture alone; nothing behind the end.</summary>
    public static byte[]? Png(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(PngStart))
        {
            return null;
        }

        using var kept = new MemoryStream(file.Length);
        kept.Write(PngStart);
        for (var at = PngStart.Length; at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > file.Length - at - 12)
            {
                return null;
            }

            var chunk = file.Slice(at, (int)length + 12);
            var name = System.Text.Encoding.ASCII.GetString(chunk.Slice(4, 4));
            if (Kept.Contains(name))
            {
                kept.Write(chunk);
            }

            if (name == "IEND")
            {
                return kept.ToArray();
            }

            at += chunk.Length;
        }

        return null;
    }

    private static bool IsKept(byte marker, ReadOnlySpan<byte> words) => marker switch
    {
        App0 => words.StartsWith("JFIF\0"u8),
        App2 => words.StartsWith("ICC_PROFILE\0"u8),
        App14 => words.StartsWith("Adobe"u8),
        >= App1 and <= App15 or Comment => false,
        _ => true,
    };

    // The picture's own bytes go on until a marker that is none of theirs: in them FF is followed by 0, or by one of the eight that begin anew.
    private static int AfterScan(ReadOnlySpan<byte> file, int at)
    {
        while (at + 1 < file.Length && !(file[at] == 0xFF && file[at + 1] is not (0 or (>= 0xD0 and <= 0xD7) or 0xFF)))
        {
            at++;
        }

        return at + 1 < file.Length ? at : file.Length;
    }

    // Tag 0x0112 of the first directory of EXIF, 1 to 8.
    private static ushort? Orientation(ReadOnlySpan<byte> words)
    {
        if (!words.StartsWith("Exif\0\0"u8) || words.Length < 14)
        {
            return null;
        }

        var tiff = words[6..];
        var little = tiff[0] == 'I';
        ushort Short(ReadOnlySpan<byte> bytes) => little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
        var first = little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (first > tiff.Length - 2)
        {
            return null;
        }

        var (count, at) = (Short(tiff[(int)first..]), (int)first + 2);
        for (var entry = 0; entry < count && at + 12 <= tiff.Length; entry++, at += 12)
        {
            if (Short(tiff[at..]) == 0x0112)
            {
                return Short(tiff[(at + 8)..]) is >= 1 and <= 8 and var side ? side : null;
            }
        }

        return null;
    }

    // An APP1 that says which side is up, and nothing else.
    private static byte[] Turned(ushort side) =>
    [
        0xFF, App1, 0, 34, .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, (byte)(side >> 8), (byte)side, 0, 0, 0, 0, 0, 0,
    ];
}
