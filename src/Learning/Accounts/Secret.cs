using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Learning.Accounts;

/// <summary>What a cookie or a link holds and nobody can guess: 256 random bits. The database knows only its hash.</summary>
internal static class Secret
{
    /// <summary>A new one, in letters that an address may have.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>What the database keeps of it.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>A new code of six digits.</summary>
    public static string NewCode() => RandomNumberGenerator.GetInt32(1_000_000).ToString("D6");

    /// <summary>What the database keeps of a code: keyed by a secret that it does not know, for a million codes are soon tried.</summary>
    public static byte[] HashCode(string code, string secret) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(code));
}
