using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Learning.Accounts;

/// <summary>The codes of an authenticator app: RFC 6238 with SHA-1, six digits, steps of thirty seconds, which is what every app reads from a QR code.</summary>
public static class Totp
{
    private const int StepSeconds = 30;

    // RFC 4226, section 4: as long as the hash.
    private const int KeyLength = 20;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(KeyLength);

    /// <summary>The step in which a code is right: the present one, the one before or the one after, for clocks that differ (RFC 6238, section 5.2). Null where it is in none.</summary>
    public static long? StepOf(byte[] key, string code, DateTimeOffset now)
    {
        var present = now.ToUnixTimeSeconds() / StepSeconds;
        // All three are always worked out, and compared in constant time: nothing is learnt from how long it takes.
        long? found = null;
        foreach (var step in new[] { present - 1, present, present + 1 })
        {
            if (CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(Code(key, step)), System.Text.Encoding.ASCII.GetBytes(code)))
            {
                found = step;
            }
        }

        return found;
    }

    /// <summary>What an app reads: the key with who issued it and whose it is. Six digits and thirty seconds go without saying, so that the picture stays coarse.</summary>
    public static string Uri(byte[] key, string issuer, string account)
    {
        var (of, to) = (System.Uri.EscapeDataString(issuer), System.Uri.EscapeDataString(account));
        return $"otpauth://totp/{of}:{to}?secret={Spelt(key)}&issuer={of}";
    }

    /// <summary>The key as somebody types it: base32, without padding.</summary>
    public static string Spelt(byte[] key)
    {
        var (text, bits, held) = (new System.Text.StringBuilder(), 0, 0);
        foreach (var one in key)
        {
            (bits, held) = ((bits << 8) | one, held + 8);
            for (; held >= 5; held -= 5)
            {
                text.Append(Base32[(bits >> (held - 5)) & 31]);
            }

            bits &= (1 << held) - 1;
        }

        return held == 0 ? text.ToString() : text.Append(Base32[(bits << (5 - held)) & 31]).ToString();
    }

    private static string Code(byte[] key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        // The algorithm of the standard and of every app; a MAC does not lean on what SHA-1 has lost.
#pragma warning disable CA5350
        var mac = HMACSHA1.HashData(key, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(mac.AsSpan(mac[^1] & 15)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
}
