using Learning.Audit;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>What came of inviting one person.</summary>
public enum InviteOutcome
{
    Invited,

    /// <summary>They have an account.</summary>
    HasAccount,

    /// <summary>They have no address, and none that can be one was given.</summary>
    NoAddress,

    /// <summary>The address is another person's on file: the business unit joins the two.</summary>
    AnotherPersons,

    /// <summary>They were invited within the hour.</summary>
    TooSoon,

    /// <summary>There is no such person, or they are not the actor's.</summary>
    NotFound,
}

/// <summary>
/// A lead, or the business unit, invites somebody of theirs who is on file without an account: at the address on file, or, where there is none, at one that is given now and becomes theirs when they take it
/// up. On the audit trail (S3).
/// </summary>
public sealed class InvitePerson(LearningDb db, Zone zone)
{
    public async Task<InviteOutcome> RunAsync(Guid id, string? email, Actor actor, CancellationToken stop = default)
    {
        if (actor.PersonId is not { } by || await OfTheirs.FindAsync(db, id, actor, zone.Today, stop) is not { } person)
        {
            return InviteOutcome.NotFound;
        }

        if (await db.Users.AnyAsync(account => account.PersonId == id, stop))
        {
            return InviteOutcome.HasAccount;
        }

        var own = await db.PersonEmails.Where(row => row.PersonId == id && row.Main).Select(row => row.Email).SingleOrDefaultAsync(stop);
        if (own is null && (JoiningRules.Said(email) is not { } typed || !PersonEmail.IsAddress(typed)))
        {
            return InviteOutcome.NoAddress;
        }

        var address = own ?? PersonEmail.Normal(email!);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await JoiningMail.LockAsync(db, address, stop);
        if (await AddressHolder.OfAsync(db, address, stop) is { } holder && holder != id)
        {
            return InviteOutcome.AnotherPersons;
        }

        var outcome = await SendAsync(person, address, by, actor, stop);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return outcome;
    }

    private async Task<InviteOutcome> SendAsync(Person person, string address, Guid by, Actor actor, CancellationToken stop)
    {
        var (now, today, all, led) = (zone.Now, zone.Today, actor.IsUnit, actor.LeadOf.ToArray());
        var job = await db.Employments.AsNoTracking().Where(one => one.PersonId == person.Id && one.StartsOn <= today && (one.EndsOn == null || today < one.EndsOn) && (all || led.Contains(one.AgencyId)))
            .OrderByDescending(one => one.Main).ThenByDescending(one => one.StartsOn).FirstOrDefaultAsync(stop);
        if (job is null)
        {
            return InviteOutcome.NotFound;
        }

        var invitation = await db.Invitations.SingleOrDefaultAsync(row => row.Email == address && row.AgencyId == job.AgencyId && row.AcceptedAt == null && row.WithdrawnAt == null, stop);
        if (invitation is not null && now < invitation.SentAt + JoiningRules.BetweenInvitations)
        {
            return InviteOutcome.TooSoon;
        }

        if (invitation is null)
        {
            invitation = new Invitation
            {
                Id = Guid.CreateVersion7(now), Email = address, AgencyId = job.AgencyId, GivenName = person.GivenName, FamilyName = person.FamilyName, JobTitle = job.JobTitle, Workforce = job.Workforce, Level = job.Level,
                LinkHash = [], InvitedBy = by, InvitedAt = now, SentAt = now, EndsAt = now,
            };
            db.Invitations.Add(invitation);
        }

        invitation.PersonId = person.Id;
        Outbox.Add(db, now, InvitationMail.Renew(invitation, now));
        db.AuditEntries.Add(new AuditEntry { At = now, ActorId = by, Verb = "invited a person", SubjectKind = "person", SubjectId = person.Id });
        return InviteOutcome.Invited;
    }
}
