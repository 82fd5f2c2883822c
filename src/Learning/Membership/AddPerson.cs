using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>
/// Writes down a person with an address that nobody has proven yet, and no employment: how the first person of an empty installation comes about, before there is anybody to sign up to. Only for
/// whoever can run commands on the machine. On the audit trail (S3).
/// </summary>
public sealed class AddPerson(LearningDb db, Zone zone)
{
    /// <summary>False where somebody has the address (P6), or it is not the actor's to do.</summary>
    public async Task<bool> RunAsync(string email, string givenName, string familyName, Actor actor, CancellationToken stop = default)
    {
        if (!actor.IsMachine)
        {
            return false;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var id = Guid.CreateVersion7(zone.Now);
        db.Persons.Add(new Person { Id = id, GivenName = givenName.Trim(), FamilyName = familyName.Trim(), CreatedAt = zone.Now });
        db.AuditEntries.Add(new AuditEntry { At = zone.Now, Verb = "wrote a person down", SubjectKind = "person", SubjectId = id });
        await db.SaveChangesAsync(stop);
        if (await db.Database.ExecuteSqlAsync($"insert into person_emails (email, person_id, main) values ({PersonEmail.Normal(email)}, {id}, true) on conflict (email) do nothing", stop) == 0)
        {
            return false;
        }

        await transaction.CommitAsync(stop);
        return true;
    }
}
