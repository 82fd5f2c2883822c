using Learning.Database;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>Somebody whom the business unit has to place.</summary>
/// <param name="Alike">How many others wait with the same domain.</param>
public sealed record WaitingPerson(Guid Id, string Name, string Email, string Domain, string? JobTitle, Workforce Workforce, string? Level, string? Says, DateTimeOffset Since, int Alike);

/// <summary>The business unit's queue of sign-ups to place (P4), the longest waiting first, in one statement. Only for the business unit (S2).</summary>
public sealed class WaitingSignUps(LearningDb db, Zone zone)
{
    private sealed record Row(Guid Id, string Name, string Email, string? JobTitle, string Workforce, string? Level, string? Says, DateTimeOffset Since);

    public async Task<IReadOnlyList<WaitingPerson>> AskAsync(Actor actor, CancellationToken stop = default)
    {
        if (!actor.IsUnit)
        {
            return [];
        }

        var rows = await db.Database.SqlQuery<Row>($"""
            select s.id as "Id", btrim(p.given_name || ' ' || p.family_name) as "Name", s.email as "Email", s.job_title as "JobTitle", s.workforce as "Workforce", s.level as "Level",
                s.says as "Says", s.waiting_since as "Since"
            from sign_ups s join persons p on p.id = s.person_id
            where s.state = 'waiting' and awaits_placing(s.person_id, {zone.Today})
            order by s.waiting_since, s.id
            """).ToListAsync(stop);
        var domains = rows.CountBy(row => MailDomains.Of(row.Email)).ToDictionary();
        return [.. rows.Select(row => new WaitingPerson(row.Id, row.Name, row.Email, MailDomains.Of(row.Email), row.JobTitle, Words.Parse<Workforce>(row.Workforce), row.Level, row.Says, row.Since,
            domains[MailDomains.Of(row.Email)] - 1))];
    }

    /// <summary>The sign-up that waits under this number, locked; null where none does.</summary>
    internal static async Task<SignUp?> LockAsync(LearningDb db, Guid id, DateOnly today, CancellationToken stop) =>
        (await db.SignUps.FromSql($"select * from sign_ups where id = {id} and state = 'waiting' and awaits_placing(person_id, {today}) for update").ToListAsync(stop)).SingleOrDefault();
}
