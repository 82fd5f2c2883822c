using System.Text.Json;

using Learning.Audit;
using Learning.Catalogue;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings.Workshops;

/// <summary>
/// Gives out the workshops of a conference (B14) in two steps: <see cref="MakeAsync"/> works out who gets what, as <see cref="WorkshopAllocation"/> does, and keeps it for the organiser to look at;
/// <see cref="TellAsync"/> gives the places and writes to everybody, once. Started twice at once, one wins. Refused: a conference that has begun, is cancelled or has no rounds; a form that is older than
/// somebody else's press; a second telling; and telling what was made of bookings, wishes or places that have changed since.
/// </summary>
public sealed class AllocateWorkshops(IDbContextFactory<LearningDb> databases, Zone zone)
{
    /// <param name="seen">The number of the newest run that the organiser saw; 0: there was none.</param>
    public async Task<DeskOutcome> MakeAsync(string reference, int seen, Actor actor, CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await ConferenceDoor.OfOrganiserAsync(db, reference, actor, zone.Today, stop) is not { } door)
        {
            return new DeskOutcome.NotFound();
        }

        var (now, runs) = (zone.Now, await RunsAsync(db, door.Conference, stop));
        var newest = runs.LastOrDefault();
        if ((DeskRules.WhyNotChange(door.Conference, now) ?? (runs.Exists(run => run.ToldAt is not null) ? "The workshops have been given out and everybody was told" : newest?.Number != (seen == 0 ? null : seen) ? "Somebody gave out the workshops meanwhile. Look at what they made" : null)) is { } why)
        {
            return DeskOutcome.Because(DeskField.Version, why);
        }

        var input = await AllocationInput.ReadAsync(db, door.Conference.Id, null, stop);
        if (input.Workshops.Count == 0)
        {
            return DeskOutcome.Because(DeskField.Version, "Plan the rounds and their workshops first");
        }

        if (newest is { DroppedAt: null })
        {
            newest.DroppedAt = now;
        }

        await db.SaveChangesAsync(stop);
        var run = new AllocationRun { Id = Guid.CreateVersion7(now), ConferenceId = door.Conference.Id, Number = runs.Count + 1, Digest = input.Digest(), MadeAt = now, MadeBy = actor.PersonId };
        var given = input.Allocate();
        db.AllocationRuns.Add(run);
        Audit(db, actor, "worked out who gets which workshop", door.Conference, new { run = run.Number, people = given.Count });
        await db.SaveChangesAsync(stop);
        await KeepAsync(db, run.Id, given, stop);
        await transaction.CommitAsync(stop);
        return new DeskOutcome.Done();
    }

    /// <param name="number">Of the run that the organiser looked at.</param>
    public async Task<DeskOutcome> TellAsync(string reference, int number, Actor actor, CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await ConferenceDoor.OfOrganiserAsync(db, reference, actor, zone.Today, stop) is not { } door)
        {
            return new DeskOutcome.NotFound();
        }

        var (now, run) = (zone.Now, (await RunsAsync(db, door.Conference, stop)).LastOrDefault());
        if (run is { ToldAt: not null } && run.Number == number)
        {
            return new DeskOutcome.Done();
        }

        var input = await AllocationInput.ReadAsync(db, door.Conference.Id, null, stop);
        if ((DeskRules.WhyNotChange(door.Conference, now)
            ?? (run is null || run.Number != number ? "Somebody gave out the workshops meanwhile. Look at what they made" : null)
            ?? (input.Digest() == run!.Digest ? null : "A booking, a wish or a room has changed since this was worked out. Work it out again, and look at it")) is { } why)
        {
            return DeskOutcome.Because(DeskField.Version, why);
        }

        var results = await db.AllocationResults.AsNoTracking().Where(result => result.RunId == run!.Id).ToListAsync(stop);
        (run!.ToldAt, run.ToldBy) = (now, actor.PersonId);
        Audit(db, actor, "gave out the workshops", door.Conference, new { run = run.Number, places = results.Count(result => result.WorkshopId is not null) });
        await db.SaveChangesAsync(stop);
        await PutInWorkshops.RunAsync(db, results.ConvertAll(result => new Allocated(result.BookingId, result.RoundId, result.WorkshopId, result.Rank, result.Because)), actor.PersonId, now, stop);
        var delegates = await db.Bookings.AsNoTracking().Where(booking => booking.SessionId == door.Conference.Id && booking.State == BookingState.Confirmed).OrderBy(booking => booking.Number).ToListAsync(stop);
        await Outbox.QueueAsync(db, now, delegates.ConvertAll(booking => WorkshopMessages.Given(booking, $"run {run.Number}")), stop);
        await transaction.CommitAsync(stop);
        return new DeskOutcome.Done();
    }

    private static Task<List<AllocationRun>> RunsAsync(LearningDb db, Session conference, CancellationToken stop) =>
        db.AllocationRuns.Where(run => run.ConferenceId == conference.Id).OrderBy(run => run.Number).ToListAsync(stop);

    private static Task<int> KeepAsync(LearningDb db, Guid run, IReadOnlyList<Allocated> given, CancellationToken stop)
    {
        Guid[] bookings = [.. given.Select(one => one.Booking)], rounds = [.. given.Select(one => one.RoundId)];
        Guid?[] workshops = [.. given.Select(one => one.Workshop)];
        int?[] ranks = [.. given.Select(one => one.Rank)];
        string[] because = [.. given.Select(one => one.Because)];
        return db.Database.ExecuteSqlAsync($"""
            insert into allocation_results (run_id, booking_id, round_id, workshop_id, rank, because)
            select {run}, booking, round, workshop, rank, because from unnest({bookings}, {rounds}, {workshops}, {ranks}, {because}) as g (booking, round, workshop, rank, because)
            """, stop);
    }

    private void Audit(LearningDb db, Actor actor, string verb, Session conference, object details) => db.AuditEntries.Add(new AuditEntry
    {
        At = zone.Now, ActorId = actor.PersonId, Verb = verb, SubjectKind = "session", SubjectId = conference.Id, Details = JsonSerializer.Serialize(details),
    });
}
