using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Learning.History;

/// <summary>
/// The id of something imported, always the same for the same thing, so that a second import finds it there (H2). Version 8: it begins with the instant, as those of
/// version 7 do, so that a long history goes into the indexes in order; the rest is a digest of what makes the thing itself.
/// </summary>
internal sealed class StableId
{
    private readonly byte[] content = new byte[1024];
    private int length;
    private long milliseconds;

    public static StableId Of(DateTimeOffset instant) => new StableId().Begin(instant);

    /// <summary>Begins another id, in the same memory.</summary>
    public StableId Begin(DateTimeOffset instant)
    {
        (length, milliseconds) = (0, instant.ToUnixTimeMilliseconds());
        return Add(instant.UtcTicks);
    }

    public StableId Add(Guid id)
    {
        id.TryWriteBytes(content.AsSpan(length));
        length += 16;
        return this;
    }

    public StableId Add(long number)
    {
        BinaryPrimitives.WriteInt64LittleEndian(content.AsSpan(length), number);
        length += 8;
        return this;
    }

    public StableId Add(string? text)
    {
        Add(text?.Length ?? -1);
        length += Encoding.UTF8.GetBytes(text, content.AsSpan(length));
        return this;
    }

    public Guid Make()
    {
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(content.AsSpan(0, length), digest);
        Span<byte> time = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, milliseconds);
        time[2..].CopyTo(digest);
        digest[6] = (byte)(0x80 | (digest[6] & 0x0F));
        digest[8] = (byte)(0x80 | (digest[8] & 0x3F));
        return new Guid(digest[..16], bigEndian: true);
    }
}

/// <summary>Instants as the database keeps them.</summary>
internal static class Instants
{
    /// <summary>In whole microseconds.</summary>
    public static DateTimeOffset Kept(DateTimeOffset instant) => instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMicrosecond));
}
