using System.Text.Json;

using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance.Seats;

/// <summary>
/// Gives the last day of a term, or takes back one that was written down by mistake. From the day after, the seat is vacant until somebody is appointed. Registers that are signed keep who sat there (T4).
/// By the business unit. Refused: no last day, one before the first, one into the next term or beyond the seat's own.
/// </summary>
public sealed class EndTerm(LearningDb db, Zone zone)
{
    public async Task<SeatOutcome> RunAsync(string code, Guid term, DateOnly? lastDay, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await FindAsync(code, term, actor, stop) is not var (seat, ended))
        {
            return new SeatOutcome.NotFound();
        }

        if (lastDay is not { } last)
        {
            return new SeatOutcome.Refused(SeatField.LastDay, "Enter the last day as a date like 31/12/2026");
        }

        var endsOn = last.AddDays(1);
        if (SeatRules.WhyNotTerm(seat, ended.StartsOn, endsOn, (await db.TermsAsync(seat.Id, stop)).Where(other => other.Id != term)) is { } wrong)
        {
            return new SeatOutcome.Refused(SeatField.LastDay, wrong.Sentence);
        }

        ended.EndsOn = endsOn;
        Audit("ended a term on a seat", seat, ended, lastDay, actor);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new SeatOutcome.Done(seat.Id);
    }

    /// <summary>As if it had not been written down; the trail has that it was.</summary>
    public async Task<SeatOutcome> TakeBackAsync(string code, Guid term, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await FindAsync(code, term, actor, stop) is not var (seat, gone))
        {
            return new SeatOutcome.NotFound();
        }

        db.SeatTerms.Remove(gone);
        Audit("took back a term on a seat", seat, gone, gone.EndsOn?.AddDays(-1), actor);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new SeatOutcome.Done(seat.Id);
    }

    private async Task<(ForumSeat Seat, SeatTerm Term)?> FindAsync(string code, Guid term, Actor actor, CancellationToken stop) =>
        await db.LockForumAsync(code, actor, stop) is { } course && await db.SeatTerms.SingleOrDefaultAsync(one => one.Id == term, stop) is { } found
            && await db.ForumSeats.AsNoTracking().SingleOrDefaultAsync(seat => seat.Id == found.SeatId && seat.CourseId == course.Id, stop) is { } seat ? (seat, found) : null;

    private void Audit(string verb, ForumSeat seat, SeatTerm term, DateOnly? lastDay, Actor actor) => db.AuditEntries.Add(new AuditEntry
    {
        At = zone.Now, ActorId = actor.PersonId, Verb = verb, SubjectKind = term.PersonId is null ? "course" : "person", SubjectId = term.PersonId ?? seat.CourseId,
        Details = JsonSerializer.Serialize(new { course = seat.CourseId, seat = seat.Id, term = term.Id, from = term.StartsOn, lastDay }),
    });
}
