using Learning.Messages;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>The mails of signing up: how many an address is sent, and what is in them.</summary>
internal static class JoiningMail
{
    public const string SignUp = "sign-up";
    public const string KnownAddress = "sign-up-known";

    /// <summary>Whoever asks with the same address at the same time waits, so that two do not count past each other.</summary>
    public static Task LockAsync(LearningDb db, string email, CancellationToken stop) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({"joins: " + email}, 0))", stop);

    /// <summary>Whether the address may be sent one more now. The address is locked.</summary>
    public static async Task<bool> MayWriteAsync(LearningDb db, string email, DateTimeOffset now, CancellationToken stop)
    {
        string[] kinds = [SignUp, KnownAddress];
        var since = now.AddHours(-1);
        return await db.Messages.CountAsync(message => message.Address == email && kinds.Contains(message.Kind) && message.QueuedAt > since, stop) < JoiningRules.MailsAnHour;
    }

    /// <summary>Gives a sign-up a new link and a new code, and the message that brings them. What an earlier mail brought is worth nothing any more.</summary>
    public static Outgoing Renew(SignUp signUp, DateTimeOffset now)
    {
        var (link, code) = (OneTimeSecret.Link(), OneTimeSecret.Code());
        (signUp.LinkHash, signUp.LinkEndsAt) = (OneTimeSecret.HashOf(link), now + JoiningRules.LinkLives);
        (signUp.CodeHash, signUp.CodeEndsAt, signUp.WrongCodes) = (OneTimeSecret.HashOf(signUp.Id, code), now + JoiningRules.CodeLives, 0);
        return About(SignUp, signUp, new { link, code });
    }

    /// <summary>The message to an address that has an account.</summary>
    public static Outgoing AlreadyKnown(SignUp signUp) => About(KnownAddress, signUp, null);

    private static Outgoing About(string kind, SignUp signUp, object? data) => new()
    {
        Kind = kind, Address = signUp.Email, SubjectId = signUp.Id, Occurrence = Convert.ToHexStringLower(signUp.LinkHash)[..16], Why = "Somebody asked for an account with this address.", Data = data,
    };
}
