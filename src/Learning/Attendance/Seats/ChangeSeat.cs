using System.Text.Json;

using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance.Seats;

/// <summary>
/// Renames a seat, says whose it is, or gives its first and last day: with the last day its running term ends too. What was recorded of it keeps the name that it had. By the business unit. Refused: as
/// <see cref="AddSeat"/>, and days that leave one of its terms out.
/// </summary>
public sealed class ChangeSeat(LearningDb db, Zone zone)
{
    public async Task<SeatOutcome> RunAsync(string code, Guid seat, TypedSeat typed, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await db.LockForumAsync(code, actor, stop) is not { } course || await db.ForumSeats.SingleOrDefaultAsync(one => one.Id == seat && one.CourseId == course.Id, stop) is not { } changed)
        {
            return new SeatOutcome.NotFound();
        }

        var (name, endsOn) = (SeatRules.NameOf(typed.Name), typed.LastDay?.AddDays(1));
        var mistakes = await AddSeat.MistakesAsync(db, course.Id, seat, name, typed, stop);
        if (typed.From is { } from && SeatRules.WhyNotDays(from, endsOn, await db.TermsAsync(seat, stop)) is { } wrong)
        {
            mistakes.Add(wrong);
        }

        if (mistakes.Count > 0)
        {
            return new SeatOutcome.Refused(mistakes);
        }

        // Its term first: none goes on beyond its seat.
        if (endsOn is not null)
        {
            await db.SeatTerms.Where(term => term.SeatId == seat && (term.EndsOn == null || term.EndsOn > endsOn)).ExecuteUpdateAsync(set => set.SetProperty(term => term.EndsOn, endsOn), stop);
        }

        (changed.Name, changed.AgencyId, changed.StartsOn, changed.EndsOn) = (name, typed.Agency, typed.From!.Value, endsOn);
        db.AuditEntries.Add(new AuditEntry
        {
            At = zone.Now, ActorId = actor.PersonId, Verb = "changed a seat of a forum", SubjectKind = "course", SubjectId = course.Id,
            Details = JsonSerializer.Serialize(new { seat, agency = typed.Agency, from = changed.StartsOn, lastDay = typed.LastDay }),
        });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new SeatOutcome.Done(seat);
    }
}
