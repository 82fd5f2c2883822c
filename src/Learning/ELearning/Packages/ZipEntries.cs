using System.Buffers.Binary;
using System.Text;

namespace Learning.ELearning.Packages;

/// <summary>An entry of a zip as its directory tells of it.</summary>
/// <param name="Name">As it is spelled, with whatever slashes.</param>
/// <param name="Offset">Of its own header.</param>
/// <param name="Attributes">The upper half is the Unix mode, where the zip was made on such a machine.</param>
internal sealed record ZipEntry(string Name, int Flags, int Method, uint Crc, long Packed, long Size, long Offset, uint Attributes)
{
    private const int Encrypted = 1, StronglyEncrypted = 1 << 6, MaskedHeaders = 1 << 13;

    public bool IsEncrypted => (Flags & (Encrypted | StronglyEncrypted | MaskedHeaders)) != 0;

    /// <summary>Neither a file nor a folder: a link to elsewhere, a device.</summary>
    public bool IsSpecial => (Attributes >> 16 & 0xF000) is not (0 or 0x8000 or 0x4000);

    public bool IsFolder => Name.EndsWith('/') || Name.EndsWith('\\') || (Attributes >> 16 & 0xF000) == 0x4000;
}

/// <summary>
/// Reads the directory of a zip (APPNOTE 4.3, zip64 included) without believing it: entry by entry, no further than <see cref="PackageLimits.MostEntries"/>. The framework's own reader takes all of a directory into memory before it
/// can be asked how long it is, and does not say where an entry lies, by which overlapping ones are known.
/// </summary>
internal static class ZipEntries
{
    private const uint EndMark = 0x06054b50, End64Mark = 0x06064b50, Locator64Mark = 0x07064b50, EntryMark = 0x02014b50;
    private const int EndLength = 22, Locator64Length = 20, End64Length = 56, EntryLength = 46, LongestComment = 65_535;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private static readonly Encoding Dos = CodePagesEncodingProvider.Instance.GetEncoding(437)!;

    /// <exception cref="InvalidDataException">It is no zip, is damaged, or has too many entries; with a sentence.</exception>
    public static List<ZipEntry> Read(Stream zip)
    {
        var (start, length, before) = Directory(zip);
        var (entries, at, head) = (new List<ZipEntry>(), 0L, new byte[EntryLength]);
        zip.Position = start;
        using var directory = new BufferedStream(new Part(zip, start, length), 65_536);
        while (at + EntryLength <= length)
        {
            directory.ReadExactly(head);
            if (BinaryPrimitives.ReadUInt32LittleEndian(head) != EntryMark)
            {
                break;
            }

            if (entries.Count == PackageLimits.MostEntries)
            {
                throw new InvalidDataException($"It has more than {Time.British.Number(PackageLimits.MostEntries)} files.");
            }

            var (name, extra, comment) = (Number(head, 28), Number(head, 30), Number(head, 32));
            at += EntryLength + name + extra + comment;
            if (at > length)
            {
                throw Damaged();
            }

            var rest = new byte[name + extra + comment];
            directory.ReadExactly(rest);
            entries.Add(Entry(head, rest.AsSpan(0, name), rest.AsSpan(name, extra), before));
        }

        return at == length ? entries : throw Damaged();
    }

    private static InvalidDataException Damaged() => new("It is damaged: the list of its files cannot be read. Send it again, or make it anew.");

    private static int Number(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static long Long(ReadOnlySpan<byte> bytes, int at) => (long)Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]), long.MaxValue / 4);

    private static ZipEntry Entry(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name, ReadOnlySpan<byte> extra, long before)
    {
        long size = BinaryPrimitives.ReadUInt32LittleEndian(head[24..]), packed = BinaryPrimitives.ReadUInt32LittleEndian(head[20..]), offset = BinaryPrimitives.ReadUInt32LittleEndian(head[42..]);
        var (flags, unicode) = (Number(head, 8), (string?)null);
        while (extra.Length >= 4 && Number(extra, 2) is var length && extra.Length >= 4 + length)
        {
            var field = extra.Slice(4, length);
            switch (Number(extra, 0))
            {
                case 1: // zip64: what did not fit, in this order
                    size = size == uint.MaxValue && Take(ref field) is { } one ? one : size;
                    packed = packed == uint.MaxValue && Take(ref field) is { } two ? two : packed;
                    offset = offset == uint.MaxValue && Take(ref field) is { } three ? three : offset;
                    break;
                case 0x7075 when field.Length > 5: // the name in UTF-8, beside one in the letters of the machine
                    unicode = Utf8(field[5..]);
                    break;
            }

            extra = extra[(4 + length)..];
        }

        // Some tools write UTF-8 without saying so; what is none is in the letters of DOS.
        var text = unicode ?? Utf8(name) ?? Dos.GetString(name);
        return new(text, flags, Number(head, 10), BinaryPrimitives.ReadUInt32LittleEndian(head[16..]), packed, size, offset + before, BinaryPrimitives.ReadUInt32LittleEndian(head[38..]));
    }

    private static long? Take(ref ReadOnlySpan<byte> field)
    {
        if (field.Length < 8)
        {
            return null;
        }

        var value = Long(field, 0);
        field = field[8..];
        return value;
    }

    private static string? Utf8(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    // Where the directory begins, how long it is, and how much stands before the zip (a program that unpacks itself).
    private static (long Start, long Length, long Before) Directory(Stream zip)
    {
        var tail = new byte[(int)Math.Min(zip.Length, EndLength + LongestComment)];
        Fill(zip, zip.Length - tail.Length, tail);
        var end = -1;
        for (var at = tail.Length - EndLength; at >= 0 && end < 0; at--)
        {
            end = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at)) == EndMark && at + EndLength + Number(tail, at + 20) <= tail.Length ? at : -1;
        }

        if (end < 0)
        {
            throw new InvalidDataException(zip.Length == 0 ? "It is empty. Choose the package once more." : "It is no zip file, or only a part of one. Send the package as the authoring tool exported it.");
        }

        var last = zip.Length - tail.Length + end;
        var (length, offset) = ((long)BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 12)), (long)BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16)));
        if (last >= Locator64Length + End64Length && (length == uint.MaxValue || offset == uint.MaxValue || Number(tail, end + 10) == ushort.MaxValue))
        {
            var locator = new byte[Locator64Length];
            Fill(zip, last - Locator64Length, locator);
            if (BinaryPrimitives.ReadUInt32LittleEndian(locator) == Locator64Mark)
            {
                // It stands before its locator; the address that the locator gives is of the zip alone.
                var end64 = new byte[End64Length];
                last -= Locator64Length + End64Length;
                Fill(zip, last, end64);
                (length, offset) = BinaryPrimitives.ReadUInt32LittleEndian(end64) == End64Mark ? (Long(end64, 40), Long(end64, 48)) : throw Damaged();
            }
        }

        var start = last - length;
        return start >= offset && start >= 0 ? (start, length, start - offset) : throw Damaged();
    }

    private static void Fill(Stream zip, long at, byte[] into)
    {
        zip.Position = at;
        zip.ReadExactly(into);
    }
}
