using Learning.Audit;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>What came of dealing with an open invitation.</summary>
public enum InvitationOutcome
{
    Done,

    /// <summary>It was sent within the hour.</summary>
    TooSoon,

    /// <summary>It is not open any more, or not the actor's.</summary>
    NotFound,
}

/// <summary>An open invitation is sent again, with a new link and two more weeks; what it brought before is worth nothing any more.</summary>
public sealed class SendInvitationAgain(LearningDb db, Zone zone)
{
    public async Task<InvitationOutcome> RunAsync(Guid id, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await LockAsync(db, id, actor, stop) is not { } invitation)
        {
            return InvitationOutcome.NotFound;
        }

        var now = zone.Now;
        if (now < invitation.SentAt + JoiningRules.BetweenInvitations)
        {
            return InvitationOutcome.TooSoon;
        }

        Outbox.Add(db, now, InvitationMail.Renew(invitation, now));
        db.AuditEntries.Add(new AuditEntry { At = now, ActorId = actor.PersonId, Verb = "sent an invitation again", SubjectKind = "invitation", SubjectId = id });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return InvitationOutcome.Done;
    }

    internal static async Task<Invitation?> LockAsync(LearningDb db, Guid id, Actor actor, CancellationToken stop)
    {
        var invitation = (await db.Invitations.FromSql($"select * from invitations where id = {id} and accepted_at is null and withdrawn_at is null for update").ToListAsync(stop)).SingleOrDefault();
        return invitation is not null && (actor.IsUnit || actor.LeadOf.Contains(invitation.AgencyId)) ? invitation : null;
    }
}

/// <summary>An open invitation is taken back: its link opens nothing any more, and a mail that has not left stays.</summary>
public sealed class WithdrawInvitation(LearningDb db, Zone zone)
{
    public async Task<InvitationOutcome> RunAsync(Guid id, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await SendInvitationAgain.LockAsync(db, id, actor, stop) is not { } invitation)
        {
            return InvitationOutcome.NotFound;
        }

        invitation.WithdrawnAt = zone.Now;
        db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = "took back an invitation", SubjectKind = "invitation", SubjectId = id });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return InvitationOutcome.Done;
    }
}
