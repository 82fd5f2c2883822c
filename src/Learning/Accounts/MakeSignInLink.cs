using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Accounts;

/// <summary>
/// Makes a link that signs a person in once, for whoever can run commands on the machine and so owns it: an installation without a mail server can begin with it. It proves no address, has no code,
/// and ends what was asked for before. On the audit trail (S3).
/// </summary>
public sealed class MakeSignInLink(LearningDb db, Zone zone)
{
    /// <summary>The path of the link's page; null where nobody has the address, or not the actor's to make.</summary>
    public async Task<string?> RunAsync(string email, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (!actor.IsMachine || await AddressHolder.OfAsync(db, email, stop) is not { } holder
            || (await db.Database.SqlQuery<Guid>($"""select id as "Value" from persons where id = {holder} and erased_at is null for no key update""").ToListAsync(stop)).Count == 0)
        {
            return null;
        }

        var (normal, link) = (PersonEmail.Normal(email), Secret.New());
        var row = new SignInCode
        {
            Id = Guid.CreateVersion7(zone.Now), PersonId = holder, Email = normal, AddressHash = Secret.Hash(normal), AskedFrom = AskedFrom.CommandLine, Device = "the command line",
            LinkHash = Secret.Hash(link), AskedAt = zone.Now, ExpiresAt = zone.Now + SignInCode.Good,
        };
        await AskForCode.EndOlderAsync(db, row, stop);
        db.SignInCodes.Add(row);
        db.AuditEntries.Add(new AuditEntry { At = zone.Now, Verb = "made a sign-in link", SubjectKind = "person", SubjectId = holder });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return $"{SignIn.Page}/link/{link}";
    }
}
