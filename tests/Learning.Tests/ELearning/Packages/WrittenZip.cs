using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Learning.Tests.ELearning.Packages;

/// <summary>A zip written byte by byte, as no program would write it: what stands in its headers is what a test says.</summary>
public sealed class WrittenZip
{
    private readonly MemoryStream bytes = new();
    private readonly MemoryStream directory = new();
    private int entries;

    /// <summary>An entry. What is not given is right.</summary>
    public WrittenZip Add(string name, byte[] content, int method = 8, int flags = 0x800, uint attributes = 0, long? size = null, uint? crc = null, byte[]? rawName = null)
    {
        var packed = method == 8 ? Deflate(content) : content;
        return AddPacked(name, packed, content.Length, crc ?? Crc(content), method, flags, attributes, size, rawName);
    }

    /// <summary>An entry of bytes that are packed already.</summary>
    public WrittenZip AddPacked(string name, byte[] packed, long length, uint crc, int method = 8, int flags = 0x800, uint attributes = 0, long? size = null, byte[]? rawName = null)
    {
        var (named, offset) = (rawName ?? Encoding.UTF8.GetBytes(name), bytes.Position);
        Span<byte> local = stackalloc byte[30];
        BinaryPrimitives.WriteUInt32LittleEndian(local, 0x04034b50);
        Common(local[4..], flags, method, crc, (uint)packed.Length, (uint)(size ?? length), named.Length);
        bytes.Write(local);
        bytes.Write(named);
        bytes.Write(packed);
        return Listed(named, offset, packed.Length, size ?? length, crc, method, flags, attributes);
    }

    /// <summary>Another entry for bytes that lie in the zip already: an overlap.</summary>
    public WrittenZip Again(string name, long offset, int packed, long length, uint crc) => Listed(Encoding.UTF8.GetBytes(name), offset, packed, length, crc, 8, 0x800, 0);

    private WrittenZip Listed(byte[] named, long offset, int packed, long length, uint crc, int method, int flags, uint attributes)
    {
        Span<byte> head = stackalloc byte[46];
        BinaryPrimitives.WriteUInt32LittleEndian(head, 0x02014b50);
        head[4] = 20;
        head[5] = 3;
        Common(head[6..], flags, method, crc, (uint)packed, (uint)length, named.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[38..], attributes);
        BinaryPrimitives.WriteUInt32LittleEndian(head[42..], (uint)offset);
        directory.Write(head);
        directory.Write(named);
        entries++;
        return this;
    }

    public MemoryStream Zip()
    {
        var zip = new MemoryStream();
        zip.Write(bytes.ToArray());
        zip.Write(directory.ToArray());
        Span<byte> end = stackalloc byte[22];
        end.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06054b50);
        BinaryPrimitives.WriteUInt16LittleEndian(end[8..], (ushort)entries);
        BinaryPrimitives.WriteUInt16LittleEndian(end[10..], (ushort)entries);
        BinaryPrimitives.WriteUInt32LittleEndian(end[12..], (uint)directory.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(end[16..], (uint)bytes.Length);
        zip.Write(end);
        zip.Position = 0;
        return zip;
    }

    public static byte[] Deflate(byte[] content)
    {
        var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            deflate.Write(content);
        }

        return packed.ToArray();
    }

    /// <summary>By rules of its own (ISO 3309), not the program's.</summary>
    public static uint Crc(byte[] content)
    {
        var sum = uint.MaxValue;
        foreach (var one in content)
        {
            sum ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                sum = (sum & 1) != 0 ? (sum >> 1) ^ 0xEDB88320 : sum >> 1;
            }
        }

        return ~sum;
    }

    private static void Common(Span<byte> head, int flags, int method, uint crc, uint packed, uint length, int name)
    {
        head[..26].Clear();
        head[0] = 20;
        BinaryPrimitives.WriteUInt16LittleEndian(head[2..], (ushort)flags);
        BinaryPrimitives.WriteUInt16LittleEndian(head[4..], (ushort)method);
        BinaryPrimitives.WriteUInt32LittleEndian(head[10..], crc);
        BinaryPrimitives.WriteUInt32LittleEndian(head[14..], packed);
        BinaryPrimitives.WriteUInt32LittleEndian(head[18..], length);
        BinaryPrimitives.WriteUInt16LittleEndian(head[22..], (ushort)name);
    }
}
