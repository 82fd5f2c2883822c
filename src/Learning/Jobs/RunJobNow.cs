using Learning.Audit;
using Learning.People;
using Learning.Time;

namespace Learning.Jobs;

/// <summary>
/// Somebody wants a job run at once, on this server, beside its times: it goes on by itself, and the record of runs says how it went. While it runs already, on whichever server, nothing more is begun. For the business unit and
/// administrators.
/// </summary>
public sealed class RunJobNow(Timetable timetable, RunJob run, LearningDb db, Zone zone, IServiceProvider services)
{
    /// <summary>False where there is no such job, or who asks may not.</summary>
    public async Task<bool> RunAsync(string? name, Actor actor, CancellationToken stop = default)
    {
        if ((!actor.IsUnit && !actor.IsAdministrator) || timetable.Jobs.FirstOrDefault(job => job.Name == name) is not { } job)
        {
            return false;
        }

        db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = "ran a job", SubjectKind = "job", Details = System.Text.Json.JsonSerializer.Serialize(new { job = job.Name }) });
        await db.SaveChangesAsync(stop);
        var stopping = services.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None;
        _ = Task.Run(() => run.RunAsync(job.Name, stopping), CancellationToken.None);
        return true;
    }
}
