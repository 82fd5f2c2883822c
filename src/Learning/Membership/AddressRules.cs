using Learning.People;

namespace Learning.Membership;

/// <summary>What may be done with addresses (P6). Pure; the numbers are an installation's to change.</summary>
public static class AddressRules
{
    /// <summary>How often a code may be typed wrongly before it is worth nothing.</summary>
    public const int CodeTries = 5;

    /// <summary>Mails with a code that one person may cause in a day, and that one address may get within the hour.</summary>
    public const int MailsADay = 8, MailsAnHour = 3;

    /// <summary>Addresses of one person.</summary>
    public const int MostAddresses = 10;

    public static readonly TimeSpan ClaimLives = TimeSpan.FromHours(2);

    /// <summary>Whoever is asked to vouch for somebody may be away for a few days.</summary>
    public static readonly TimeSpan ChangeLives = TimeSpan.FromDays(7);

    /// <summary>Whether somebody may vouch that a person asked for another main address: who may see the person (S2), and is not them.</summary>
    public static bool MayVouch(Actor actor, Guid person, bool sees) => actor.PersonId != person && sees && (actor.IsUnit || actor.LeadOf.Count > 0);

    /// <summary>Only the digits of a code that was typed, however it was spaced.</summary>
    public static string Digits(string? code) => string.Concat((code ?? "").Where(char.IsAsciiDigit));
}
