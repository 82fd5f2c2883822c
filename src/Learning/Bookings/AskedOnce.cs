using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

using Learning.Database;

namespace Learning.Bookings;

/// <summary>
/// What makes asking for a place twice once, whatever happened in between: the key of a program, which means something with its caller alone, and what was asked. Only hashes of both are kept.
/// </summary>
public sealed record AskedOnce
{
    /// <summary>Characters of a key.</summary>
    public const int LongestKey = 255;

    /// <summary>How long an answer is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    private AskedOnce(byte[] key, byte[] asked) => (Key, Asked) = (key, asked);

    internal byte[] Key { get; }

    internal byte[] Asked { get; }

    /// <param name="caller">The access token, or the person in their browser.</param>
    /// <param name="key">See <see cref="IsKey"/>.</param>
    /// <param name="asked">All that was said, in the words it was said in.</param>
    public static AskedOnce Of(Guid caller, string key, params string?[] asked) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{caller} {key}")), SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(asked)));

    /// <summary>Whether something can be a key: 1 to <see cref="LongestKey"/> characters of ASCII that can be seen.</summary>
    public static bool IsKey(string key) => key.Length is > 0 and <= LongestKey && key.All(letter => letter is > ' ' and <= '~');
}
