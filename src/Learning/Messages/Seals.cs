using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

using Microsoft.AspNetCore.DataProtection;

namespace Learning.Messages;

/// <summary>
/// A value of a letter that becomes the secret of a link: whoever has the letter may do the one thing that it names, without signing in. Nothing is stored for it.
/// </summary>
/// <param name="What">The one thing: "offer".</param>
/// <param name="Id">What it is about: a booking.</param>
/// <param name="Until">Where one letter of its kind differs from the next by it: the end of an offer.</param>
public sealed record Sealed(string What, Guid Id, DateTimeOffset? Until = null);

/// <summary>Seals and opens the secrets of links in letters, with keys that all servers of the site share. What was sealed for anything else does not open.</summary>
public sealed partial class Seals(IDataProtectionProvider protection)
{
    // Ours are about 170 characters.
    private const int Longest = 400;

    private readonly IDataProtector protector = protection.CreateProtector("Learning.Messages.Seals", "a link in a letter");

    public string Seal(Sealed value) => protector.Protect($"{value.What}|{value.Id:N}|{value.Until?.UtcTicks}");

    /// <summary>What was sealed; null where it was not sealed here.</summary>
    public Sealed? Open(string secret)
    {
        if (secret.Length > Longest)
        {
            return null;
        }

        try
        {
            return protector.Unprotect(secret).Split('|') is [var what, var id, var until]
                ? new Sealed(what, Guid.ParseExact(id, "N"), until.Length == 0 ? null : new DateTimeOffset(long.Parse(until, CultureInfo.InvariantCulture), TimeSpan.Zero))
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>A letter's words for other eyes than its reader's: without the secrets of its links.</summary>
    public static string Hide(string words) => Secret().Replace(words, "$1(only in the letter itself)");

    [GeneratedRegex(@"(/(?:answer|approve|evaluate|unsubscribe)/)[\w-]{60,}")]
    private static partial Regex Secret();
}
