using System.Text.Json;

using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance.Seats;

/// <summary>A seat as it was typed.</summary>
/// <param name="Agency">Whose seat it is; null: of a role outside any agency.</param>
/// <param name="LastDay">The last day that it is there; null: it stays.</param>
public sealed record TypedSeat(string? Name, Guid? Agency, DateOnly? From, DateOnly? LastDay = null);

/// <summary>Adds a seat to a forum (A1), from a day on, which may be past. Nobody holds it yet, so that it is not appointed. By the business unit. Refused: no name, one that another seat has, no such agency, no first day.</summary>
public sealed class AddSeat(LearningDb db, Zone zone)
{
    /// <summary>Seats of one forum.</summary>
    public const int Most = 200;

    public async Task<SeatOutcome> RunAsync(string code, TypedSeat typed, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await db.LockForumAsync(code, actor, stop) is not { } course)
        {
            return new SeatOutcome.NotFound();
        }

        var name = SeatRules.NameOf(typed.Name);
        var mistakes = await MistakesAsync(db, course.Id, null, name, typed, stop);
        if (typed.From is { } from && SeatRules.WhyNotDays(from, typed.LastDay?.AddDays(1), []) is { } wrong)
        {
            mistakes.Add(wrong);
        }

        if (mistakes.Count == 0 && await db.ForumSeats.CountAsync(seat => seat.CourseId == course.Id, stop) >= Most)
        {
            mistakes.Add(new(SeatField.Name, $"A forum has at most {Most} seats"));
        }

        if (mistakes.Count > 0)
        {
            return new SeatOutcome.Refused(mistakes);
        }

        var added = new ForumSeat { Id = Guid.CreateVersion7(), CourseId = course.Id, Name = name, AgencyId = typed.Agency, StartsOn = typed.From!.Value, EndsOn = typed.LastDay?.AddDays(1) };
        db.ForumSeats.Add(added);
        db.AuditEntries.Add(new AuditEntry
        {
            At = zone.Now, ActorId = actor.PersonId, Verb = "added a seat to a forum", SubjectKind = "course", SubjectId = course.Id, Details = JsonSerializer.Serialize(new { seat = added.Id, from = added.StartsOn }),
        });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new SeatOutcome.Done(added.Id);
    }

    /// <summary>What is wrong with a seat's name, agency and first day.</summary>
    internal static async Task<List<SeatMistake>> MistakesAsync(LearningDb db, Guid course, Guid? self, string name, TypedSeat typed, CancellationToken stop)
    {
        var mistakes = new List<SeatMistake>();
        if (SeatRules.WhyNotName(name) is { } unnamed)
        {
            mistakes.Add(new(SeatField.Name, unnamed));
        }
        else if (await db.ForumSeats.FromSql($"select * from forum_seats where course_id = {course} and lower(name) = lower({name})").AnyAsync(seat => seat.Id != self, stop))
        {
            mistakes.Add(new(SeatField.Name, $"This forum has a seat called “{name}”. Call this one so that the two can be told apart, such as “{name} 2”"));
        }

        if (typed.Agency is { } agency && !await db.Agencies.AnyAsync(one => one.Id == agency, stop))
        {
            mistakes.Add(new(SeatField.Agency, "Choose one of the agencies"));
        }

        if (typed.From is null)
        {
            mistakes.Add(new(SeatField.From, "Enter the first day as a date like 31/12/2026"));
        }

        return mistakes;
    }
}
