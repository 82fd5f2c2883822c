using Learning.Database;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Accounts;

/// <summary>What came of asking to sign in by e-mail. It tells nothing about whether anybody has the address.</summary>
public abstract record AskOutcome
{
    /// <summary>A mail is on its way. <paramref name="Secret"/> belongs in the browser: with it, the code is good.</summary>
    public sealed record Asked(string Secret) : AskOutcome;

    /// <summary>So many mails were asked for already that another can be asked for only after a while.</summary>
    public sealed record TooMany(TimeSpan Wait) : AskOutcome;

    private AskOutcome()
    {
    }
}

/// <summary>
/// Sends a link and a code to an address, by which whoever reads its mail signs in. For an address that nobody has, the same is asked and written in as many statements, and a mail says that
/// there is no account: neither what the page says nor the time it takes tells a stranger who is known here.
/// </summary>
public sealed class AskForCode(LearningDb db, Allowances allowances, ThisBrowser browser, Zone zone)
{
    public async Task<AskOutcome> RunAsync(string email, string? returnUrl, CancellationToken stop = default)
    {
        var normal = PersonEmail.Normal(email);
        var own = await browser.KnowsAsync(await AddressHolder.OfAsync(db, normal, stop), stop);
        AllowanceOf[] mails = own
            ? [Allowance.MailsFromOwnBrowser.Of(browser.SecretHash!)]
            : [Allowance.MailsFromNetwork.Of(browser.Network), Allowance.MailsToAddress.Of(normal)];
        if (await allowances.TakeAsync(mails, stop) is { } wait)
        {
            return new AskOutcome.TooMany(wait);
        }

        // Taken for a known address too: see above.
        var writeToUnknown = await allowances.TakeAsync(Allowance.MailsToUnknownAddress.Of(normal), stop) & await allowances.TakeAsync(Allowance.MailsToUnknownAddresses.Of("all"), stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var person = await LockPersonAsync(normal, stop);
        var (secret, link, code) = (Secret.New(), Secret.New(), Secret.NewCode());
        var row = new SignInCode
        {
            Id = Guid.CreateVersion7(zone.Now), PersonId = person, Email = person is null ? null : normal, AddressHash = Secret.Hash(normal), AskedFrom = own ? AskedFrom.OwnBrowser : AskedFrom.UnknownBrowser, Device = browser.Device,
            BrowserHash = Secret.Hash(secret), CodeHash = Secret.HashCode(code, secret), LinkHash = Secret.Hash(link), ReturnUrl = FinishSignIn.Within(returnUrl),
            AskedAt = zone.Now, ExpiresAt = zone.Now + SignInCode.Good,
        };
        await EndOlderAsync(db, row, stop);
        db.SignInCodes.Add(row);
        await db.SaveChangesAsync(stop);
        await Outbox.QueueAsync(db, zone.Now, [person is not null ? SignInLetters.Code(row, link, code) : SignInLetters.Unknown(row, normal, writeToUnknown)], stop);
        await transaction.CommitAsync(stop);
        return new AskOutcome.Asked(secret);
    }

    /// <summary>Asks once more, on the way to the same page as before.</summary>
    public async Task<AskOutcome> AgainAsync(CodeAsked before, CancellationToken stop = default)
    {
        var hash = Secret.Hash(before.Secret);
        return await RunAsync(before.Email, await db.SignInCodes.Where(code => code.BrowserHash == hash).Select(code => code.ReturnUrl).SingleOrDefaultAsync(stop), stop);
    }

    /// <summary>Ends what was asked for before, in a place that is trusted no more than this one.</summary>
    internal static Task<int> EndOlderAsync(LearningDb db, SignInCode newer, CancellationToken stop)
    {
        var places = Enum.GetValues<AskedFrom>().Where(place => place <= newer.AskedFrom).ToArray();
        return db.SignInCodes.Where(code => (code.AddressHash == newer.AddressHash || (code.PersonId != null && code.PersonId == newer.PersonId)) && places.Contains(code.AskedFrom) && code.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(code => code.EndedAt, newer.AskedAt).SetProperty(code => code.EndedBecause, "a newer one was asked for"), stop);
    }

    // Two requests for one address, or for one person, wait for each other here, so that one ends the other's code. Somebody who was erased is nobody (P5).
    private async Task<Guid?> LockPersonAsync(string normal, CancellationToken stop)
    {
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({"sign in: " + normal}, 0))", stop);
        var holder = await AddressHolder.OfAsync(db, normal, stop);
        return (await db.Database.SqlQuery<Guid?>($"""select id as "Value" from persons where id = {holder} and erased_at is null for no key update""").ToListAsync(stop)).SingleOrDefault();
    }
}
