using Learning.Audit;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Accounts;

/// <summary>What every change of what protects an account does besides: a line of the audit trail, and a mail that tells its owner (rows of the verb's own transaction).</summary>
internal static class SecurityTrail
{
    /// <summary>The message's kind.</summary>
    public const string Kind = "security-changed";

    /// <summary>Adds both to the save. <paramref name="verb"/> is the trail's, without anything that names somebody; the rest is for the owner.</summary>
    public static void Add(LearningDb db, Account account, Guid? actor, string verb, string title, string what, DateTimeOffset now)
    {
        db.AuditEntries.Add(new AuditEntry { At = now, ActorId = actor, Verb = verb, SubjectKind = "person", SubjectId = account.PersonId });
        Outbox.Add(db, now, new Outgoing
        {
            Kind = Kind, PersonId = account.PersonId, SubjectId = account.Id, Occurrence = Guid.CreateVersion7(now).ToString(), Why = $"{title}.", Data = new { title, what },
        });
    }

    /// <summary>The account, locked until the transaction ends: changes of one account follow one another.</summary>
    public static Task<Account> LockAccountAsync(this LearningDb db, Guid id, CancellationToken stop) =>
        db.Users.FromSql($"select * from accounts where id = {id} for update").SingleAsync(stop);
}
