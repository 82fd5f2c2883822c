using System.Text.Json;

using Learning.Audit;
using Learning.Messages;
using Learning.People;
using Learning.Time;

namespace Learning.Membership;

/// <summary>
/// The new agency confirms a move (P1): in one transaction the old employment ends and the new begins; the person and the old agency's leads are told. What was recorded before stays where it was
/// (P2). The actor is the agency's lead or the business unit, and not the person (S2). Refused: <see cref="MoveRules"/>, as things stand by now; it then waits on.
/// </summary>
public sealed class ConfirmMove(LearningDb db, Zone zone)
{
    public async Task<MoveOutcome> RunAsync(Guid id, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await LockMove.RunAsync(db, id, zone, stop) is not var (move, jobs) || !MoveRules.MayDecide(actor, move.PersonId, move.AgencyId))
        {
            return new MoveOutcome.NotFound();
        }

        if (move.State != MoveState.Proposed)
        {
            return new MoveOutcome.Done(move.State);
        }

        if (await WhyNotAsync(move, jobs, stop) is { } why)
        {
            return new MoveOutcome.Refused(why);
        }

        var main = move.Main;
        if (move.LeavesId is { } left)
        {
            // Where the job that ends is the main one, the one that takes its place is.
            main = jobs.All.Any(job => job.AgencyId == left && job.Main && PersonJobs.Runs(job, move.LeavesOn!.Value));
            jobs.End(left, move.LeavesOn!.Value);
        }
        else if (!main)
        {
            jobs.KeepMain(move.StartsOn);
        }

        var employment = jobs.Begin(move.AgencyId, move.StartsOn, move.JobTitle, move.Workforce, move.Level, main);
        move.Confirm(employment, zone.Now, actor.PersonId);
        db.AuditEntries.Add(new AuditEntry
        {
            At = zone.Now, ActorId = actor.PersonId, Verb = "confirmed a move", SubjectKind = "person", SubjectId = move.PersonId,
            Details = JsonSerializer.Serialize(new { move = move.Id, agency = move.AgencyId, left = move.LeavesId }),
        });
        await TellAsync(move, stop);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new MoveOutcome.Done(MoveState.Confirmed);
    }

    // Between proposing and confirming the person's work, or the agency, may have changed.
    private async Task<string?> WhyNotAsync(Move move, PersonJobs jobs, CancellationToken stop)
    {
        var agency = (await MoveAgencies.FindAsync(db, move.AgencyId, move.StartsOn, stop))!;
        if (MoveRules.WhyNotAgency(agency, move.StartsOn, jobs.All) is not null)
        {
            return agency.Successor is { } successor
                ? $"{agency.Name} is {successor} by then. Decline, and say so: they can propose {successor}"
                : $"They work for {agency.Name} by now, on that day or from a later one. Decline, or change what is there";
        }

        // Whoever has left the old agency meanwhile has simply left it: the new employment begins all the same.
        return jobs.RecordBegins > move.StartsOn ? "Their record begins later than that day. Decline, and ask for a later first day" : null;
    }

    private async Task TellAsync(Move move, CancellationToken stop)
    {
        Outbox.Add(db, zone.Now, new Outgoing { Kind = MoveLetters.Confirmed, PersonId = move.PersonId, SubjectId = move.Id, Why = "Their new agency confirmed their move." });
        foreach (var lead in move.LeavesId is { } left ? await LeadsToTell.OfAsync(db, left, move.PersonId, zone.Today, stop) : [])
        {
            Outbox.Add(db, zone.Now, new Outgoing { Kind = MoveLetters.LeftUs, PersonId = lead, SubjectId = move.Id, Why = "Somebody of this lead's agency moved to another." });
        }
    }
}
