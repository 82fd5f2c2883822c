using Learning.Audit;
using Learning.Bookings.Desk;
using Learning.Catalogue;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings.Workshops;

/// <summary>A workshop as it was typed.</summary>
/// <param name="Room">Empty: the conference's venue.</param>
public sealed record TypedWorkshop(Guid Round, string? Title, string? Room, string? Capacity);

/// <summary>
/// Plans a workshop in a round of a conference (B14): a session with places, a list and a register of its own, of the conference's course of workshops, which is made at the first. It takes the whole of
/// its round. Refused: a round that is not the conference's, no title, no places, a room that another workshop of the round has, and a conference that has begun.
/// </summary>
public sealed class PlanWorkshop(LearningDb db, Zone zone)
{
    public async Task<DeskOutcome> RunAsync(string reference, TypedWorkshop typed, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await ConferenceDoor.OfOrganiserAsync(db, reference, actor, zone.Today, stop) is not { } door
            || await db.ConferenceRounds.AsNoTracking().SingleOrDefaultAsync(one => one.Id == typed.Round && one.ConferenceId == door.Conference.Id, stop) is not { } round)
        {
            return new DeskOutcome.NotFound();
        }

        var (title, room, capacity) = (DeskText.Line(typed.Title, int.MaxValue), DeskText.Line(typed.Room, int.MaxValue), DeskText.Number(typed.Capacity));
        var mistakes = new List<DeskMistake>();
        void Wrong(DeskField field, string? sentence)
        {
            if (sentence is not null)
            {
                mistakes.Add(new(field, sentence));
            }
        }

        Wrong(DeskField.Version, DeskRules.WhyNotChange(door.Conference, zone.Now));
        Wrong(DeskField.Title, title is null ? "Enter what it is called" : title.Length > PlanRules.LongestVenue ? $"Write the title in {PlanRules.LongestVenue} characters or fewer" : null);
        Wrong(DeskField.Venue, room?.Length > PlanRules.LongestVenue ? $"Write the room in {PlanRules.LongestVenue} characters or fewer"
            : room is not null && door.In(round.Id).Any(other => string.Equals(other.Venue, room, StringComparison.OrdinalIgnoreCase)) ? "Another workshop of this round is in that room" : null);
        Wrong(DeskField.Capacity, DeskRules.WhyNotCapacity(capacity));
        if (mistakes.Count > 0)
        {
            return new DeskOutcome.Refused(mistakes);
        }

        await MakeAsync(door.Conference, round, title!, room, capacity!.Value, actor, stop);
        await transaction.CommitAsync(stop);
        return new DeskOutcome.Done();
    }

    private async Task MakeAsync(Session conference, ConferenceRound round, string title, string? room, int capacity, Actor actor, CancellationToken stop)
    {
        var (now, course) = (zone.Now, await CourseAsync(conference.Course!, stop));
        var (starts, ends) = (zone.InstantOf(round.StartsLocal), zone.InstantOf(round.EndsLocal));
        var workshop = new Session
        {
            Id = Guid.CreateVersion7(now), Ref = (await SessionRefs.MakeAsync(db, course, [DateOnly.FromDateTime(round.StartsLocal)], stop))[0], CourseId = course.Id, ParentId = conference.Id, RoundId = round.Id,
            Mode = conference.Mode, Venue = conference.Mode == SessionMode.Virtual ? null : room ?? conference.Venue, Capacity = capacity, Status = SessionStatus.Planned, StartsAt = starts, EndsAt = ends,
            CountedOn = DateOnly.FromDateTime(round.StartsLocal), BookingClosesAt = starts, ChangedAt = now,
        };
        db.Sessions.Add(workshop);
        await db.SaveChangesAsync(stop);
        db.SessionParts.Add(new SessionPart { Id = Guid.CreateVersion7(now), SessionId = workshop.Id, Number = 1, Title = title, StartsLocal = round.StartsLocal, EndsLocal = round.EndsLocal, StartsAt = starts, EndsAt = ends });
        db.AuditEntries.Add(new AuditEntry { At = now, ActorId = actor.PersonId, Verb = "planned a workshop", SubjectKind = "session", SubjectId = workshop.Id });
        await db.SaveChangesAsync(stop);
    }

    // Of no programme, so that somebody at the conference is one attendance of it and not one for each workshop besides; and of the kind "trained", so that figures of conferences count the conference once
    // and not each of its workshops besides (F2), while each workshop counts among sessions that somebody gives.
    private async Task<Course> CourseAsync(Course conference, CancellationToken stop)
    {
        var code = $"{conference.Code}-WS";
        if ((await db.Courses.FromSql($"select * from courses where upper(code) = upper({code}) for no key update").ToListAsync(stop)).SingleOrDefault() is { } known)
        {
            return known;
        }

        var made = new Course
        {
            Id = Guid.CreateVersion7(), Code = code, Title = $"{conference.Title}: workshops", Kind = CourseKind.Trained, OwnerId = conference.OwnerId, Board = conference.Board, PublishedOn = conference.PublishedOn,
        };
        db.Courses.Add(made);
        await db.SaveChangesAsync(stop);
        await db.Database.ExecuteSqlAsync($"insert into course_organisers (course_id, person_id) select {made.Id}, person_id from course_organisers where course_id = {conference.Id} on conflict do nothing", stop);
        return made;
    }
}
