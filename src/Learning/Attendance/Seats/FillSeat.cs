using System.Text.Json;

using Learning.Audit;
using Learning.Database;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance.Seats;

/// <summary>Who is to hold a seat, or that nobody does, from a day on.</summary>
/// <param name="Person">Null where <paramref name="Empty"/> is given: vacant, or not appointed.</param>
/// <param name="LastDay">Null: for as long as the seat is there.</param>
public sealed record TypedTerm(Guid? Person, MarkKind? Empty, DateOnly? From, DateOnly? LastDay = null);

/// <summary>
/// Appoints somebody to a seat, or says that it is vacant or not appointed (A1), from a day to a day, which may be past: registers that are not signed yet follow, signed ones stay (T4). An emptiness
/// without an end ends when somebody is appointed. By the business unit. Refused, with the field: nobody chosen, or somebody erased; days that overlap another term, or lie outside the seat's.
/// </summary>
public sealed class FillSeat(LearningDb db, Zone zone)
{
    public async Task<SeatOutcome> RunAsync(string code, Guid seat, TypedTerm typed, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await db.LockForumAsync(code, actor, stop) is not { } course || await db.ForumSeats.AsNoTracking().SingleOrDefaultAsync(one => one.Id == seat && one.CourseId == course.Id, stop) is not { } filled)
        {
            return new SeatOutcome.NotFound();
        }

        var mistakes = new List<SeatMistake>();
        if ((typed.Person is null) == (typed.Empty is null) || typed.Empty is not (null or MarkKind.Vacant or MarkKind.NotAppointed)
            || (typed.Person is { } person && !await db.Persons.AnyAsync(one => one.Id == person && one.ErasedAt == null, stop)))
        {
            mistakes.Add(new(SeatField.Holder, "Choose who holds the seat"));
        }

        if (typed.From is not { } from)
        {
            mistakes.Add(new(SeatField.From, "Enter the first day as a date like 31/12/2026"));
            return new SeatOutcome.Refused(mistakes);
        }

        var endsOn = typed.LastDay?.AddDays(1) ?? filled.EndsOn;
        var terms = await db.TermsAsync(seat, stop);
        var gives = typed.Person is null ? null : terms.Find(term => term is { Empty: not null, EndsOn: null } && (endsOn is null || term.StartsOn < endsOn));
        if (SeatRules.WhyNotTerm(filled, from, endsOn, terms.Where(term => term != gives)) is { } wrong)
        {
            mistakes.Add(wrong);
        }

        if (mistakes.Count > 0)
        {
            return new SeatOutcome.Refused(mistakes);
        }

        if (gives is not null)
        {
            var way = db.SeatTerms.Where(term => term.Id == gives.Id);
            _ = gives.StartsOn < from ? await way.ExecuteUpdateAsync(set => set.SetProperty(term => term.EndsOn, from), stop) : await way.ExecuteDeleteAsync(stop);
        }

        var term = new SeatTerm
        {
            Id = Guid.CreateVersion7(), SeatId = seat, PersonId = typed.Person, Empty = typed.Empty, StartsOn = from, EndsOn = endsOn, RecordedAt = zone.Now, RecordedBy = actor.PersonId,
        };
        db.SeatTerms.Add(term);
        db.AuditEntries.Add(new AuditEntry
        {
            At = zone.Now, ActorId = actor.PersonId, Verb = typed.Person is null ? "said that a seat is empty" : "appointed to a seat", SubjectKind = typed.Person is null ? "course" : "person",
            SubjectId = typed.Person ?? course.Id, Details = JsonSerializer.Serialize(new { course = course.Id, seat, term = term.Id, empty = typed.Empty?.Word(), from, lastDay = typed.LastDay }),
        });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new SeatOutcome.Done(seat);
    }
}
