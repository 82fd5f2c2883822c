using System.Buffers.Binary;
using System.IO.Compression;

using Learning.Time;

namespace Learning.ELearning.Packages;

/// <summary>Unpacks an entry of a zip piece by piece, and measures as it does.</summary>
internal static class Unpack
{
    private const uint HeaderMark = 0x04034b50;
    private const int HeaderLength = 30, Stored = 0, Deflated = 8;

    private static readonly uint[] Sums = [.. Enumerable.Range(0, 256).Select(one => Enumerable.Range(0, 8).Aggregate((uint)one, (sum, _) => (sum & 1) == 0 ? sum >> 1 : 0xEDB88320 ^ (sum >> 1)))];

    /// <summary>Fills the buffer again and again, and gives each filling to <paramref name="take"/>; the last may be shorter, and of an empty file there is none.</summary>
    /// <returns>Bytes of the file.</returns>
    /// <exception cref="InvalidDataException">It is larger than it may be, is packed in a way that is not known, or is not what it was when it was packed; with a sentence.</exception>
    public static async Task<long> EachAsync(Stream zip, ZipEntry entry, byte[] buffer, long largest, Func<ReadOnlyMemory<byte>, ValueTask> take, CancellationToken stop)
    {
        await using var packed = Packed(zip, entry);
        await using var content = entry.Method switch
        {
            Stored => packed,
            Deflated => (Stream)new DeflateStream(packed, CompressionMode.Decompress),
            _ => throw new InvalidDataException($"it is packed by method {entry.Method}, which is not read; pack it as usual"),
        };
        var (size, sum) = (0L, uint.MaxValue);
        while (await FillAsync(content, buffer, stop) is var read and > 0)
        {
            size += read;
            if (size > largest)
            {
                throw new InvalidDataException($"it is larger than {British.Number(largest / 1_048_576)} MB unpacked");
            }

            if (size > PackageLimits.RatioFrom && size / PackageLimits.HighestRatio > entry.Packed)
            {
                throw new InvalidDataException($"it is more than {PackageLimits.HighestRatio} times as large unpacked as packed, as no real file is");
            }

            sum = Add(sum, buffer.AsSpan(0, read));
            await take(buffer.AsMemory(0, read));
        }

        return size == entry.Size && ~sum == entry.Crc ? size : throw Damaged();
    }

    private static InvalidDataException Damaged() => new("it is damaged in the zip; send the package again, or make it anew");

    // The entry's own header is only asked how long it is: what it says else has to be in the directory.
    private static Part Packed(Stream zip, ZipEntry entry)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        if (entry.Offset > zip.Length - HeaderLength)
        {
            throw Damaged();
        }

        zip.Position = entry.Offset;
        zip.ReadExactly(header);
        var begins = entry.Offset + HeaderLength + BinaryPrimitives.ReadUInt16LittleEndian(header[26..]) + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
        return BinaryPrimitives.ReadUInt32LittleEndian(header) == HeaderMark && begins + entry.Packed <= zip.Length ? new Part(zip, begins, entry.Packed) : throw Damaged();
    }

    private static async ValueTask<int> FillAsync(Stream content, byte[] buffer, CancellationToken stop)
    {
        try
        {
            return await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, stop);
        }
        catch (InvalidDataException)
        {
            throw Damaged();
        }
    }

    private static uint Add(uint sum, ReadOnlySpan<byte> bytes)
    {
        foreach (var one in bytes)
        {
            sum = Sums[(byte)(sum ^ one)] ^ (sum >> 8);
        }

        return sum;
    }
}
