using System.Security.Cryptography;
using System.Text;

using Learning.Accounts;

namespace Learning.Membership;

/// <summary>Secrets that let somebody in once: made at random, sent, and kept only as a hash.</summary>
internal static class OneTimeSecret
{
    // No letter or digit that is taken for another when it is read from paper.
    private const string Letters = "ABCDEFGHJKMNPQRTUVWXY346789";

    /// <summary>For a link: 256 bits.</summary>
    public static string Link() => Secret.New();

    /// <summary>For a page to type in: six digits, worth little without a limit on tries and time.</summary>
    public static string Code() => Secret.NewCode();

    /// <summary>For a slip of paper: ten letters, 47 bits.</summary>
    public static string Slip() => RandomNumberGenerator.GetString(Letters, 10);

    /// <summary>What is kept of a secret that nobody can guess.</summary>
    public static byte[] HashOf(string secret) => Secret.Hash(secret);

    /// <summary>What is kept of a code: that of one sign-up opens no other.</summary>
    public static byte[] HashOf(Guid of, string code) => SHA256.HashData([.. of.ToByteArray(), .. Encoding.UTF8.GetBytes(code)]);

    /// <summary>Whether they are the same, in a time that tells nothing.</summary>
    public static bool Same(byte[] one, byte[] other) => CryptographicOperations.FixedTimeEquals(one, other);
}
