using System.Text.Json;

using Learning.Audit;
using Learning.Catalogue;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings.Desk;

/// <summary>A session, or a series of them, as it was typed into one form.</summary>
/// <param name="Course">Its code.</param>
/// <param name="Trainers">Addresses, one a line.</param>
/// <param name="Repeat">A word of <see cref="Desk.Repeat"/>; nothing: one session.</param>
/// <param name="Times">How many there are in all.</param>
public sealed record TypedPlan(string? Course, TypedTimes When, string? Capacity, string? Minimum, string? DecideOn, string? Trainers, string? Repeat, string? Times);

/// <summary>What came of planning.</summary>
public abstract record PlanOutcome
{
    /// <summary>The references, in the order of the days.</summary>
    public sealed record Planned(IReadOnlyList<string> Refs) : PlanOutcome;

    /// <summary>Nothing was written.</summary>
    public sealed record Refused(IReadOnlyList<DeskMistake> Mistakes) : PlanOutcome;

    /// <summary>Who asks organises nothing (S1).</summary>
    public sealed record NotFound : PlanOutcome;

    private PlanOutcome()
    {
    }
}

/// <summary>
/// Plans a session of a course or a series, all of it or nothing. Its times are local wall times (T1); its reference is the course's code with the month. Whoever wanted to hear when there is a date
/// is told, and whoever is named to give it. Refused: a course that is not theirs to organise (S1), and every mistake of <see cref="PlanRules"/>, each beside its field.
/// </summary>
public sealed class PlanSession(LearningDb db, Zone zone)
{
    public async Task<PlanOutcome> RunAsync(TypedPlan typed, Actor actor, CancellationToken stop = default)
    {
        if (!actor.IsUnit && (actor.PersonId is not { } who || (await Organisers.CoursesAsync(db, who, zone.Today, stop)).Count == 0))
        {
            return new PlanOutcome.NotFound();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var mistakes = new List<DeskMistake>();
        var course = await CourseAsync(typed.Course, actor, mistakes, stop);
        var times = PlanRules.Times(typed.When, zone, mistakes);
        var capacity = DeskText.Number(typed.Capacity);
        if (DeskRules.WhyNotCapacity(capacity) is { } wrong)
        {
            mistakes.Add(new(DeskField.Capacity, wrong));
        }

        if (PlanRules.WhyNotMinimum(typed.Minimum, typed.DecideOn, capacity, times?.FirstDay, zone.Today, out var minimum, out var decideOn) is { } few)
        {
            mistakes.Add(few);
        }

        var trainers = await TrainersByAddress.OfAsync(db, typed.Trainers, mistakes, stop);
        var (repeat, count) = Series(typed, mistakes);
        if (mistakes.Count > 0)
        {
            return new PlanOutcome.Refused(mistakes);
        }

        var all = Repeats.Of(times!, repeat, count);
        var refs = await SessionRefs.MakeAsync(db, course!, all.Select(one => one.FirstDay), stop);
        var (now, series) = (zone.Now, all.Count > 1 ? Guid.CreateVersion7(zone.Now) : (Guid?)null);
        var sessions = all.Zip(refs, (one, reference) => Make(course!, one, reference, capacity!.Value, minimum, decideOn?.AddDays(one.FirstDay.DayNumber - times!.FirstDay.DayNumber), series, now)).ToList();
        db.Sessions.AddRange(sessions);
        foreach (var (session, one) in sessions.Zip(all))
        {
            db.SessionParts.AddRange(one.Rows(session.Id, zone));
            db.SessionTrainers.AddRange(trainers.Select(person => new SessionTrainer { SessionId = session.Id, PersonId = person }));
            db.AuditEntries.Add(new AuditEntry { At = now, ActorId = actor.PersonId, Verb = "planned a session", SubjectKind = "session", SubjectId = session.Id, Details = JsonSerializer.Serialize(new { series }) });
        }

        await db.SaveChangesAsync(stop);
        await TellAsync(course!, sessions, now, stop);
        await Outbox.QueueAsync(db, now, [.. trainers.Select(person => TrainerLetters.Planned(sessions[0].Id, person, sessions.Count, now))], stop);
        await transaction.CommitAsync(stop);
        return new PlanOutcome.Planned(refs);
    }

    // Locked, so that references are made one after the other.
    private async Task<Course?> CourseAsync(string? code, Actor actor, List<DeskMistake> mistakes, CancellationToken stop)
    {
        var wanted = DeskText.Line(code, 100) ?? "";
        var course = (await db.Courses.FromSql($"select * from courses where upper(code) = upper({wanted}) for no key update").AsNoTracking().ToListAsync(stop)).SingleOrDefault();
        course = course is not null && await Organisers.MayAsync(db, actor, course.Id, zone.Today, stop) ? course : null;
        if (course is null)
        {
            mistakes.Add(new(DeskField.Course, "Choose a course that you organise"));
        }
        else if (course.Kind == CourseKind.ELearning || course.WithdrawnOn <= zone.Today)
        {
            mistakes.Add(new(DeskField.Course, course.Kind == CourseKind.ELearning ? "E-learning has no sessions" : "This course has been withdrawn"));
        }

        return course;
    }

    private static (Repeat? Repeat, int Count) Series(TypedPlan typed, List<DeskMistake> mistakes)
    {
        if (string.IsNullOrWhiteSpace(typed.Repeat))
        {
            return (null, 1);
        }

        if (!Learning.Database.Words.TryParse<Repeat>(typed.Repeat, out var repeat) || DeskText.Number(typed.Times) is not (>= 2 and <= PlanRules.MostRepeats))
        {
            mistakes.Add(new(DeskField.Repeats, $"Enter how many sessions there are in all, from 2 to {PlanRules.MostRepeats}"));
            return (null, 1);
        }

        return (repeat, DeskText.Number(typed.Times)!.Value);
    }

    private Session Make(Course course, PlannedTimes times, string reference, int capacity, int? minimum, DateOnly? decideOn, Guid? series, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now), Ref = reference, CourseId = course.Id, Mode = times.Mode, Venue = times.Venue, JoinLink = times.JoinLink, Capacity = capacity, Minimum = minimum, DecideOn = decideOn,
        SeriesId = series, Status = SessionStatus.Planned, StartsAt = times.StartsAt(zone), EndsAt = times.EndsAt(zone), CountedOn = times.CountedOn, BookingClosesAt = times.ClosesAt(zone), ChangedAt = now,
    };

    // One letter a person, about the first.
    private async Task TellAsync(Course course, List<Session> sessions, DateTimeOffset now, CancellationToken stop)
    {
        var wishing = await db.Database.SqlQuery<Guid>($"""select distinct counted_as(person_id) as "Value" from course_interests where course_id = {course.Id} and ended_at is null""").ToListAsync(stop);
        await Outbox.QueueAsync(db, now, wishing.ConvertAll(person => DeskLetters.Planned(sessions[0].Id, person, sessions.Count)), stop);
    }
}
