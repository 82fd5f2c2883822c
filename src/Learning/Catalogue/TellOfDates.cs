using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Catalogue;

/// <summary>What came of asking to be told of a date, or of taking that back.</summary>
public enum TellOutcome
{
    /// <summary>It is so now, by this press or an earlier one.</summary>
    Done,

    /// <summary>There is a date that can be booked.</summary>
    HasDate,

    /// <summary>There is no such course, or none that has dates.</summary>
    NotFound,
}

/// <summary>
/// "Tell me when there is a date": somebody asks for themselves, or takes it back. Pressing twice is once. Refused: a course that has a date which can be booked, e-learning, a course that is not published or was
/// withdrawn.
/// </summary>
public sealed class TellOfDates(LearningDb db, Zone zone)
{
    public async Task<TellOutcome> AskAsync(string code, Actor actor, CancellationToken stop = default)
    {
        if (actor.PersonId is not { } person || await CourseAsync(code, stop) is not { Kind: not CourseKind.ELearning } course || course.IsWithdrawn(zone.Today))
        {
            return TellOutcome.NotFound;
        }

        if (await HasDateAsync(db, course.Id, zone.Now, stop))
        {
            return TellOutcome.HasDate;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var now = zone.Now;
        if (await db.Database.ExecuteSqlAsync($"""
            insert into course_interests (id, course_id, person_id, asked_at) values ({Guid.CreateVersion7(now)}, {course.Id}, {person}, {now}) on conflict (course_id, person_id) where ended_at is null do nothing
            """, stop) > 0)
        {
            db.AuditEntries.Add(new AuditEntry { At = now, ActorId = person, Verb = "asked to be told of a date", SubjectKind = "course", SubjectId = course.Id });
            await db.SaveChangesAsync(stop);
        }

        await transaction.CommitAsync(stop);
        return TellOutcome.Done;
    }

    public async Task<TellOutcome> StopAsync(string code, Actor actor, CancellationToken stop = default)
    {
        if (actor.PersonId is not { } person || await CourseAsync(code, stop) is not { } course)
        {
            return TellOutcome.NotFound;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var live = await db.CourseInterests.Where(interest => interest.CourseId == course.Id && interest.EndedAt == null && LearningDb.CountedAs(interest.PersonId) == LearningDb.CountedAs(person)).ToListAsync(stop);
        if (live.Count > 0)
        {
            live.ForEach(interest => interest.TakeBack(zone.Now));
            db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = person, Verb = "took back the wish to be told of a date", SubjectKind = "course", SubjectId = course.Id });
            await db.SaveChangesAsync(stop);
        }

        await transaction.CommitAsync(stop);
        return TellOutcome.Done;
    }

    /// <summary>Whether a course has a date that can be booked.</summary>
    public static Task<bool> HasDateAsync(LearningDb db, Guid course, DateTimeOffset now, CancellationToken stop = default) => db.Sessions.AnyAsync(session =>
        session.CourseId == course && session.ParentId == null && session.Status == SessionStatus.Planned && session.BookingClosesAt > now && session.StartsAt > now, stop);

    private Task<CourseFacts?> CourseAsync(string code, CancellationToken stop) => code.Any(char.IsControl) ? Task.FromResult<CourseFacts?>(null) : CourseFacts.FindAsync(db, code, zone.Today, stop);
}
