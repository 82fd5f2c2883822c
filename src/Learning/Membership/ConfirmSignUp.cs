using Learning.Accounts;
using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>What came of proving an address.</summary>
public abstract record ConfirmOutcome
{
    /// <summary>The person's new account; they are let in. <paramref name="Unclaimed"/>: the code on paper could not give them its record.</summary>
    public sealed record Confirmed(Account Account, bool Unclaimed = false) : ConfirmOutcome;

    /// <summary>The address got an account by another way: nobody is let in by this one.</summary>
    public sealed record HasAccount : ConfirmOutcome;

    /// <summary>Not the code. So many more tries.</summary>
    public sealed record WrongCode(int TriesLeft) : ConfirmOutcome;

    /// <summary>Used, too old, or never was.</summary>
    public sealed record Gone : ConfirmOutcome;

    private ConfirmOutcome()
    {
    }
}

/// <summary>
/// Somebody proves the address that they signed up with, by the link or by the code of the newest mail, once (P4). Whoever is on file with the address gets that record's account,
/// never a second person (P1, P6); only now is anybody made a person. Whoever works nowhere today says next where they work; where the domain says nothing, the business unit is asked.
/// </summary>
public sealed class ConfirmSignUp(LearningDb db, ProposedAgency proposed, Allowances allowances, Zone zone)
{
    /// <summary>By the link.</summary>
    public async Task<ConfirmOutcome> ByLinkAsync(string link, CancellationToken stop = default)
    {
        var hash = OneTimeSecret.HashOf(link);
        var found = await db.SignUps.AsNoTracking().Where(row => row.LinkHash == hash).Select(row => (Guid?)row.Id).SingleOrDefaultAsync(stop);
        return await RunAsync(found, (signUp, now) => OneTimeSecret.Same(signUp.LinkHash, hash) && now < signUp.LinkEndsAt ? null : new ConfirmOutcome.Gone(), stop);
    }

    /// <summary>By the code, spaces or not. Wrong codes are counted per sign-up, per address and per <paramref name="network"/>; the link stays good.</summary>
    public async Task<ConfirmOutcome> ByCodeAsync(Guid id, string code, string? network = null, CancellationToken stop = default)
    {
        var email = await db.SignUps.Where(row => row.Id == id && row.ConfirmedAt == null).Select(row => row.Email).SingleOrDefaultAsync(stop);
        if (email is null)
        {
            return new ConfirmOutcome.Gone();
        }

        AllowanceOf[] tries = [.. network is null ? [] : new[] { Allowance.WrongFromNetwork.Of(network) }, JoiningRules.WrongCodes.Of(email)];
        if (await allowances.TakeAsync(tries, stop) is not null)
        {
            return new ConfirmOutcome.WrongCode(0);
        }

        var outcome = await RunAsync(id, (signUp, now) => WhyNot(signUp, code, now), stop);
        if (outcome is not ConfirmOutcome.WrongCode)
        {
            await allowances.GiveBackAsync(tries, stop);
        }

        return outcome;
    }

    private static ConfirmOutcome.WrongCode? WhyNot(SignUp signUp, string code, DateTimeOffset now)
    {
        if (signUp.WrongCodes >= JoiningRules.CodeTries || now >= signUp.CodeEndsAt)
        {
            return new ConfirmOutcome.WrongCode(0);
        }

        if (OneTimeSecret.Same(signUp.CodeHash, OneTimeSecret.HashOf(signUp.Id, string.Concat(code.Where(char.IsAsciiDigit)))) && signUp.State == SignUpState.Asked)
        {
            return null;
        }

        signUp.WrongCodes++;
        return new ConfirmOutcome.WrongCode(JoiningRules.CodeTries - signUp.WrongCodes);
    }

    private async Task<ConfirmOutcome> RunAsync(Guid? id, Func<SignUp, DateTimeOffset, ConfirmOutcome?> whyNot, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await LockAsync(id, stop) is not { } signUp)
        {
            return new ConfirmOutcome.Gone();
        }

        var outcome = whyNot(signUp, zone.Now) ?? await ConfirmAsync(signUp, stop);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return outcome;
    }

    // The address before the row: two sign-ups of one address, confirmed at once, never wait for each other in a ring.
    private async Task<SignUp?> LockAsync(Guid? id, CancellationToken stop)
    {
        if (id is null || await db.SignUps.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, stop) is not { } seen)
        {
            return null;
        }

        await JoiningMail.LockAsync(db, seen.Email, stop);
        return (await db.SignUps.FromSql($"select * from sign_ups where id = {id} and state in ('asked', 'known') for update").ToListAsync(stop)).SingleOrDefault();
    }

    private async Task<ConfirmOutcome> ConfirmAsync(SignUp signUp, CancellationToken stop)
    {
        if (signUp.State != SignUpState.Asked)
        {
            return new ConfirmOutcome.Gone();
        }

        var (now, today) = (zone.Now, zone.Today);
        var claimed = await ClaimAsync(signUp, now, stop);
        var person = await PersonOfAddress.FindOrMakeAsync(db, signUp.Email, signUp.GivenName, signUp.FamilyName, now, stop, claimed);
        await db.SignUps.Where(other => other.Email == signUp.Email && other.ConfirmedAt == null && other.Id != signUp.Id).ExecuteDeleteAsync(stop);
        if (await PersonOfAddress.NewAccountAsync(db, person, stop) is not { } account)
        {
            db.SignUps.Remove(signUp);
            return new ConfirmOutcome.HasAccount();
        }

        db.AuditEntries.Add(new AuditEntry { At = now, ActorId = person, Verb = "proved an address and got an account", SubjectKind = "person", SubjectId = person });
        if (await db.Employments.AnyAsync(job => job.PersonId == person && job.StartsOn <= today && (job.EndsOn == null || today < job.EndsOn), stop))
        {
            db.SignUps.Remove(signUp);
        }
        else
        {
            signUp.Confirm(person, now);
            if (await proposed.ToAsync(signUp.Email, now, today, stop) is null)
            {
                signUp.Wait(null, now);
            }
        }

        return new ConfirmOutcome.Confirmed(account, Unclaimed: signUp.ClaimCodeId is not null && claimed is null);
    }

    // Whose record a code on paper gives, once. Not where the address is on file for somebody else already (P6): then the business unit joins the two.
    private async Task<Guid?> ClaimAsync(SignUp signUp, DateTimeOffset now, CancellationToken stop)
    {
        var code = signUp.ClaimCodeId is not { } id ? null
            : (await db.ClaimCodes.FromSql($"select * from claim_codes where id = {id} for update").ToListAsync(stop)).SingleOrDefault();
        if (code?.IsGood(now) != true || await AddressHolder.OfAsync(db, signUp.Email, stop) is { } holder && holder != code.PersonId
            || await db.Users.AnyAsync(account => account.PersonId == code.PersonId, stop))
        {
            return null;
        }

        code.UsedAt = now;
        db.AuditEntries.Add(new AuditEntry { At = now, ActorId = code.PersonId, Verb = "claimed a record by a code", SubjectKind = "person", SubjectId = code.PersonId });
        return code.PersonId;
    }
}
