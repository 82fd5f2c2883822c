using System.Text.Json;

using Learning.Audit;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>What came of dealing with somebody who waits.</summary>
public abstract record PlaceOutcome
{
    /// <summary>It is done, and they are told. <paramref name="Remembered"/>: the domain proposes that agency from now on.</summary>
    public sealed record Done(bool Remembered) : PlaceOutcome;

    /// <summary>No agency of today was chosen.</summary>
    public sealed record NoAgency : PlaceOutcome;

    /// <summary>No reason, or one that cannot be read.</summary>
    public sealed record NoReason : PlaceOutcome;

    /// <summary>Nobody waits under this number (any more), or it is not the actor's to do.</summary>
    public sealed record NotFound : PlaceOutcome;

    private PlaceOutcome()
    {
    }
}

/// <summary>
/// The business unit says where somebody works whose domain did not (P4), and may have the domain remembered for that agency: not one of those that anybody can have. They are told by mail.
/// </summary>
public sealed class PlaceSignUp(LearningDb db, MailDomains domains, Zone zone)
{
    public async Task<PlaceOutcome> RunAsync(Guid id, Guid? agency, bool remember, Actor actor, CancellationToken stop = default)
    {
        if (!actor.IsUnit)
        {
            return new PlaceOutcome.NotFound();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await WaitingSignUps.LockAsync(db, id, zone.Today, stop) is not { } signUp)
        {
            return new PlaceOutcome.NotFound();
        }

        if ((await AgencyTree.AllAsync(db, zone.Today, stop: stop)).FirstOrDefault(place => place.Id == agency) is not { } place)
        {
            return new PlaceOutcome.NoAgency();
        }

        var remembered = remember && await RememberAsync(MailDomains.Of(signUp.Email), place.Id, actor, stop);
        await Placing.TakeUpAsync(db, signUp, place.Id, zone.Now, stop);
        var job = await Placing.PlaceAsync(db, signUp, place.Id, actor, zone, stop);
        Outbox.Add(db, zone.Now, new Outgoing { Kind = JoiningLetters.Placed, PersonId = job.PersonId, SubjectId = job.Id, Why = "The business unit placed them with an agency." });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new PlaceOutcome.Done(remembered);
    }

    private async Task<bool> RememberAsync(string domain, Guid agency, Actor actor, CancellationToken stop)
    {
        if (!domains.MayBeAgencys(domain)
            || await db.Database.ExecuteSqlAsync($"insert into agency_domains (domain, agency_id) values ({domain}, {agency}) on conflict (domain) do nothing", stop) == 0)
        {
            return false;
        }

        db.AuditEntries.Add(new AuditEntry
        {
            At = zone.Now, ActorId = actor.PersonId, Verb = "gave an agency a domain", SubjectKind = "agency", SubjectId = agency, Details = JsonSerializer.Serialize(new { domain }),
        });
        return true;
    }
}

/// <summary>The business unit cannot place somebody, and says why: they read it on the site and by mail, and may answer there.</summary>
public sealed class DeclineSignUp(LearningDb db, Zone zone)
{
    public async Task<PlaceOutcome> RunAsync(Guid id, string? reason, Actor actor, CancellationToken stop = default)
    {
        if (!actor.IsUnit)
        {
            return new PlaceOutcome.NotFound();
        }

        if (JoiningRules.Said(reason?.ReplaceLineEndings(" ")) is not { } said || !JoiningRules.IsLine(said, JoiningRules.LongestReason))
        {
            return new PlaceOutcome.NoReason();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await WaitingSignUps.LockAsync(db, id, zone.Today, stop) is not { } signUp)
        {
            return new PlaceOutcome.NotFound();
        }

        var now = zone.Now;
        signUp.Decline(said);
        db.AuditEntries.Add(new AuditEntry { At = now, ActorId = actor.PersonId, Verb = "declined to place somebody", SubjectKind = "person", SubjectId = signUp.PersonId });
        Outbox.Add(db, now, new Outgoing
        {
            Kind = JoiningLetters.Declined, PersonId = signUp.PersonId, SubjectId = signUp.Id, Occurrence = Guid.CreateVersion7(now).ToString(), Why = "The business unit could not place them.",
        });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new PlaceOutcome.Done(false);
    }
}
