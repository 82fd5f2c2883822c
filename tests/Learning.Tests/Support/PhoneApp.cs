using System.Security.Cryptography;

namespace Learning.Tests.Support;

/// <summary>An authenticator app that has read the key "JBSW Y3DP …": RFC 6238 by rules of its own, not by the program's.</summary>
public sealed class PhoneApp(string key)
{
    /// <summary>The six digits that it shows at an instant.</summary>
    public string Code(DateTimeOffset at)
    {
        var counter = BitConverter.GetBytes(at.ToUnixTimeSeconds() / 30);
        if (BitConverter.IsLittleEndian)
        {
            Array.Reverse(counter);
        }

#pragma warning disable CA5350 // What the standard says.
        using var mac = new HMACSHA1(Bytes(key));
#pragma warning restore CA5350
        var hash = mac.ComputeHash(counter);
        var offset = hash[19] & 0xf;
        var number = ((hash[offset] & 0x7f) << 24) | (hash[offset + 1] << 16) | (hash[offset + 2] << 8) | hash[offset + 3];
        return $"{number % 1000000:000000}";
    }

    private static byte[] Bytes(string key)
    {
        var bits = string.Concat(key.Replace(" ", "").Select(letter => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
