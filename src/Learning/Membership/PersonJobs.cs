using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>
/// A person's employments in the hands of a verb that changes them: locked by the person's row, so that of two who decide at once the second sees what the first did. What is changed here is marked
/// as decided. The constraints on overlaps are checked when the verb commits. Past days keep what they said: an employment is cut at a day, and goes on as another.
/// </summary>
internal sealed class PersonJobs
{
    private readonly LearningDb db;
    private readonly DateTimeOffset now;
    private readonly List<Employment> jobs;

    private PersonJobs(LearningDb db, DateTimeOffset now, Guid person, DateOnly recordBegins, List<Employment> jobs) =>
        (this.db, this.now, PersonId, RecordBegins, this.jobs) = (db, now, person, recordBegins, jobs);

    public Guid PersonId { get; }

    /// <summary>Before this day nothing is recorded of the person.</summary>
    public DateOnly RecordBegins { get; }

    /// <summary>In the order of their first days.</summary>
    public IReadOnlyList<Employment> All => jobs;

    /// <summary>In the verb's transaction; null where there is no such person, or no longer.</summary>
    public static async Task<PersonJobs?> LockAsync(LearningDb db, Guid person, Zone zone, CancellationToken stop)
    {
        // Not "for update": what only points at the person, such as a message, need not wait.
        var made = await db.Database.SqlQuery<DateTimeOffset>($"""
            select created_at as "Value" from persons where id = {person} and erased_at is null for no key update
            """).ToListAsync(stop);
        if (made is not [var createdAt])
        {
            return null;
        }

        await db.Database.ExecuteSqlAsync($"set constraints employments_agency_once, employments_one_main deferred", stop);
        var jobs = await db.Employments.Where(job => job.PersonId == person).OrderBy(job => job.StartsOn).ThenBy(job => job.Number).ToListAsync(stop);
        var begins = jobs.Select(job => job.StartsOn).Append(zone.DateOf(createdAt)).Min();
        return new PersonJobs(db, zone.Now, person, begins, jobs);
    }

    /// <summary>A new employment. Where it is the main one, no other is from its first day on.</summary>
    public Employment Begin(Guid agency, DateOnly startsOn, string? jobTitle, Workforce workforce, string? level, bool main, DateOnly? endsOn = null)
    {
        if (main)
        {
            foreach (var other in jobs.Where(job => job.Main && Runs(job, startsOn)).ToList())
            {
                CutAt(other, startsOn).Main = false;
            }
        }

        return Add(new Employment
        {
            Id = Guid.CreateVersion7(now), PersonId = PersonId, AgencyId = agency, JobTitle = jobTitle, Workforce = workforce, Level = level, StartsOn = startsOn, EndsOn = endsOn, Main = main, DecidedAt = now,
        });
    }

    /// <summary>Before a second job begins: the only one that they had stays the main one. Without a word from them it would be the one begun last (P2).</summary>
    public void KeepMain(DateOnly startsOn)
    {
        if (jobs.Where(job => Runs(job, startsOn) && job.StartsOn <= startsOn).ToList() is [{ Main: false } only])
        {
            CutAt(only, startsOn).Main = true;
        }
    }

    /// <summary>Ends all work for an agency: nobody is there from <paramref name="endsOn"/> on. What was to begin later covers no day.</summary>
    public void End(Guid agency, DateOnly endsOn)
    {
        foreach (var job in jobs.Where(job => job.AgencyId == agency && Runs(job, endsOn)))
        {
            (job.EndsOn, job.DecidedAt) = (job.StartsOn < endsOn ? endsOn : job.StartsOn, now);
        }
    }

    /// <summary>The part of an employment from a day on: itself where it begins that day or later, else a second one that takes over, alike in all.</summary>
    public Employment CutAt(Employment job, DateOnly day)
    {
        job.DecidedAt = now;
        if (job.StartsOn >= day)
        {
            return job;
        }

        var rest = Add(new Employment
        {
            Id = Guid.CreateVersion7(now), PersonId = PersonId, AgencyId = job.AgencyId, JobTitle = job.JobTitle, Workforce = job.Workforce, Level = job.Level, StartsOn = day, EndsOn = job.EndsOn, Main = job.Main,
            DecidedAt = now,
        });
        job.EndsOn = day;
        return rest;
    }

    /// <summary>Whether an employment has days on or after one.</summary>
    public static bool Runs(Employment job, DateOnly day) => job.StartsOn != job.EndsOn && (job.EndsOn is null || day < job.EndsOn);

    private Employment Add(Employment job)
    {
        db.Employments.Add(job);
        jobs.Add(job);
        return job;
    }
}
