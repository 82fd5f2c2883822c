using System.Text.Json;

using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Accounts;

/// <summary>Ends a token: its owner, or an administrator. Whatever program has it is refused from its next call on. On the audit trail (S3).</summary>
public sealed class RevokeAccessToken(LearningDb db, Zone zone)
{
    /// <summary>False where there is no such token, or it is not the actor's to end; ending one that has ended changes nothing.</summary>
    public async Task<bool> RunAsync(Guid id, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var token = (await db.AccessTokens.FromSql($"select * from access_tokens where id = {id} for update").ToListAsync(stop)).SingleOrDefault();
        if (token is null || (token.PersonId != actor.PersonId && !actor.IsAdministrator))
        {
            return false;
        }

        if (token.RevokedAt is null)
        {
            token.Revoke(zone.Now, actor.PersonId);
            db.AuditEntries.Add(new AuditEntry
            {
                At = zone.Now, ActorId = actor.PersonId, Verb = "revoked an access token", SubjectKind = "person", SubjectId = token.PersonId, Details = JsonSerializer.Serialize(new { token = token.Id }),
            });
            await db.SaveChangesAsync(stop);
            await transaction.CommitAsync(stop);
        }

        return true;
    }
}
