using System.Text.Json;

using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>What came of taking up an invitation.</summary>
public abstract record AcceptOutcome
{
    /// <summary>They are with the agency. <paramref name="NewAccount"/> lets them in; null: they had an account before, and sign in to it as ever.</summary>
    public sealed record Accepted(Account? NewAccount, string Agency) : AcceptOutcome;

    /// <summary>What was typed has mistakes.</summary>
    public sealed record Wrong(IReadOnlyList<DetailMistake> Mistakes) : AcceptOutcome;

    /// <summary>It was for a record without an address, and the address has become somebody else's: the business unit joins the two.</summary>
    public sealed record AnotherPersons : AcceptOutcome;

    /// <summary>Used, taken back, run out, or never was.</summary>
    public sealed record Gone : AcceptOutcome;

    private AcceptOutcome()
    {
    }
}

/// <summary>
/// Whoever reads the mail takes up the invitation that it brought, once: the address is proven, the person found or made (P1, P6), an employment begun from today unless they have one with the agency
/// already, the account opened. The agency is the invitation's, whatever is sent. Somebody on file keeps the name they have.
/// </summary>
public sealed class AcceptInvitation(LearningDb db, Zone zone)
{
    private static readonly IReadOnlyList<Workforce> Anything = Enum.GetValues<Workforce>();

    public async Task<AcceptOutcome> RunAsync(string link, TypedDetails typed, CancellationToken stop = default)
    {
        var hash = OneTimeSecret.HashOf(link);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await LockAsync(hash, stop) is not { } invitation)
        {
            return new AcceptOutcome.Gone();
        }

        var (now, seen) = (zone.Now, await InvitationSeen.OfAsync(db, hash, zone.Today, stop));
        var mistakes = new List<DetailMistake>();
        var details = PersonDetails.Read(typed, Anything, "your", mistakes, asksName: !seen!.IsKnown, asksWork: !seen.Here);
        if (details is null)
        {
            return new AcceptOutcome.Wrong(mistakes);
        }

        if (invitation.PersonId is { } meant && seen.Holder is { } holder && holder != meant)
        {
            return new AcceptOutcome.AnotherPersons();
        }

        var person = await PersonOfAddress.FindOrMakeAsync(db, invitation.Email, details.GivenName, details.FamilyName, now, stop, invitation.PersonId);
        if (!seen.Here)
        {
            await Placing.EmployAsync(db, person, invitation.AgencyId, details.JobTitle, details.Workforce, details.Level, zone, stop);
        }

        (invitation.AcceptedAt, invitation.PersonId) = (now, person);
        await db.SignUps.Where(signUp => signUp.PersonId == person || (signUp.Email == invitation.Email && signUp.ConfirmedAt == null)).ExecuteDeleteAsync(stop);
        db.AuditEntries.Add(new AuditEntry
        {
            At = now, ActorId = person, Verb = "took up an invitation", SubjectKind = "person", SubjectId = person, Details = JsonSerializer.Serialize(new { agency = invitation.AgencyId, invitation = invitation.Id }),
        });
        await db.SaveChangesAsync(stop);
        var account = await PersonOfAddress.NewAccountAsync(db, person, stop);
        await transaction.CommitAsync(stop);
        return new AcceptOutcome.Accepted(account, seen.Agency);
    }

    // The address before the row, as in signing up.
    private async Task<Invitation?> LockAsync(byte[] hash, CancellationToken stop)
    {
        if (await db.Invitations.AsNoTracking().SingleOrDefaultAsync(row => row.LinkHash == hash, stop) is not { } seen)
        {
            return null;
        }

        await JoiningMail.LockAsync(db, seen.Email, stop);
        var locked = (await db.Invitations.FromSql($"select * from invitations where link_hash = {hash} for update").ToListAsync(stop)).SingleOrDefault();
        return locked?.IsGood(zone.Now) == true ? locked : null;
    }
}
