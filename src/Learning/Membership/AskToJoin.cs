using Learning.Accounts;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>What came of asking for an account.</summary>
public abstract record JoinOutcome
{
    /// <summary>If the address can be reached, a mail is on its way to it. The same for an address that has an account, and for one that was sent too many mails.</summary>
    public sealed record Asked(Guid Id) : JoinOutcome;

    /// <summary>What was typed has mistakes.</summary>
    public sealed record Wrong(IReadOnlyList<DetailMistake> Mistakes) : JoinOutcome;

    /// <summary>So many mails were asked for from one network that another can be asked for only after a while.</summary>
    public sealed record TooMany : JoinOutcome;

    private JoinOutcome()
    {
    }
}

/// <summary>
/// Somebody wants an account (P4). A mail with a link and a code goes to the address; an address with an account is told that it has one. Whoever asks learns from the answer
/// nothing about the address, and no more than <see cref="JoiningRules.MailsAnHour"/> mails go to it in an hour. Nobody is made a person before the address is proven.
/// </summary>
public sealed class AskToJoin(LearningDb db, Allowances allowances, Zone zone)
{
    public async Task<JoinOutcome> RunAsync(string? email, TypedDetails typed, string? slip = null, string? network = null, CancellationToken stop = default)
    {
        var mistakes = new List<DetailMistake>();
        var details = PersonDetails.Read(typed, JoiningRules.OwnWorkforces, "your", mistakes);
        if (PersonDetails.ReadEmail(email, "your", mistakes) is not { } address || details is null)
        {
            return new JoinOutcome.Wrong(mistakes);
        }

        ClaimCode? claimed = null;
        if (JoiningRules.Said(slip) is { } code && (claimed = await FindSlipAsync(code, network, stop)) is null)
        {
            return new JoinOutcome.Wrong([new(Detail.Slip, "This claim code is not known, was used, or is too old. Check it, or leave it out")]);
        }

        if (network is not null && !await allowances.TakeAsync(Allowance.MailsFromNetwork.Of(network), stop))
        {
            return new JoinOutcome.TooMany();
        }

        var now = zone.Now;
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await JoiningMail.LockAsync(db, address, stop);
        var signUp = New(address, details, claimed?.Id, now);
        var (known, mayWrite) = (await HasAccountAsync(address, stop), await JoiningMail.MayWriteAsync(db, address, now, stop));
        var sent = JoiningMail.Renew(signUp, now);
        if (known || !mayWrite)
        {
            signUp.State = SignUpState.Known;
        }

        db.SignUps.Add(signUp);
        if (mayWrite)
        {
            Outbox.Add(db, now, known ? JoiningMail.AlreadyKnown(signUp) : sent);
        }

        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new JoinOutcome.Asked(signUp.Id);
    }

    // Random, unlike the ids that sort by time: who knows one may type codes for it.
    private static SignUp New(string email, PersonDetails details, Guid? claimed, DateTimeOffset now) => new()
    {
        Id = new Guid(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16)), State = SignUpState.Asked, Email = email, GivenName = details.GivenName, FamilyName = details.FamilyName,
        JobTitle = details.JobTitle, Workforce = details.Workforce, Level = details.Level, ClaimCodeId = claimed, AskedAt = now, LinkHash = [], LinkEndsAt = now, CodeHash = [], CodeEndsAt = now,
    };

    // Nobody guesses one in a lifetime; whoever tries uses up their network's wrong codes.
    private async Task<ClaimCode?> FindSlipAsync(string code, string? network, CancellationToken stop)
    {
        AllowanceOf[] tries = network is null ? [] : [Allowance.WrongFromNetwork.Of(network)];
        if (await allowances.TakeAsync(tries, stop) is not null)
        {
            return null;
        }

        var found = await ClaimCode.FindAsync(db, code, zone.Now, stop);
        if (found is not null)
        {
            await allowances.GiveBackAsync(tries, stop);
        }

        return found;
    }

    private async Task<bool> HasAccountAsync(string email, CancellationToken stop)
    {
        var holder = await AddressHolder.OfAsync(db, email, stop);
        return await db.Users.AnyAsync(account => account.PersonId == holder, stop);
    }
}
