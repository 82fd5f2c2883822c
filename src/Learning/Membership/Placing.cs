using System.Text.Json;

using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>What every way of being placed does: an employment from today (P1), the sign-up done with and gone, a line on the trail (S3).</summary>
internal static class Placing
{
    /// <summary>In the verb's transaction; the verb saves. The employment, for whoever writes of it.</summary>
    public static async Task<Employment> PlaceAsync(LearningDb db, SignUp signUp, Guid agency, Actor actor, Zone zone, CancellationToken stop)
    {
        var job = await EmployAsync(db, signUp.PersonId!.Value, agency, signUp.JobTitle, signUp.Workforce, signUp.Level, zone, stop);
        db.SignUps.Remove(signUp);
        db.AuditEntries.Add(new AuditEntry
        {
            At = zone.Now, ActorId = actor.PersonId, Verb = job.PersonId == actor.PersonId ? "joined an agency" : "placed somebody with an agency", SubjectKind = "person", SubjectId = job.PersonId,
            Details = JsonSerializer.Serialize(new { agency }),
        });
        return job;
    }

    /// <summary>Whoever is placed with an agency that had invited them has taken that up.</summary>
    public static Task TakeUpAsync(LearningDb db, SignUp signUp, Guid agency, DateTimeOffset now, CancellationToken stop) => db.Invitations
        .Where(row => row.Email == signUp.Email && row.AgencyId == agency && row.AcceptedAt == null && row.WithdrawnAt == null)
        .ExecuteUpdateAsync(set => set.SetProperty(row => row.AcceptedAt, now).SetProperty(row => row.PersonId, signUp.PersonId), stop);

    /// <summary>
    /// An employment from today, or the one that runs there already. Whoever is on file with the agency for a later day works there until then by this one, and whoever works elsewhere too keeps
    /// their main job: nobody said that they left it (P2).
    /// </summary>
    public static async Task<Employment> EmployAsync(LearningDb db, Guid person, Guid agency, string? jobTitle, Workforce workforce, string? level, Zone zone, CancellationToken stop)
    {
        var jobs = await PersonJobs.LockAsync(db, person, zone, stop) ?? throw new InvalidOperationException($"The person {person}, who is being placed, has gone.");
        var there = jobs.All.FirstOrDefault(job => job.AgencyId == agency && PersonJobs.Runs(job, zone.Today));
        if (there?.StartsOn <= zone.Today)
        {
            return there;
        }

        jobs.KeepMain(zone.Today);
        return jobs.Begin(agency, zone.Today, jobTitle, workforce, level, main: false, there?.StartsOn);
    }
}
