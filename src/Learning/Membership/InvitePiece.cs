using Learning.Messages;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>
/// Does the next piece of the oldest list that is running: so many invitations with their mails, the count of what is done, all in one transaction and a fixed number of statements. The list is claimed by
/// a lock on its row, which other servers pass over; a server that dies leaves it where its last piece ended, and any other goes on.
/// </summary>
public sealed class InvitePiece(IDbContextFactory<LearningDb> databases, Zone zone, ILogger<InvitePiece> log)
{
    /// <summary>People of a piece.</summary>
    public const int Size = 500;

    private const int MostFailures = 5;

    private sealed record Row(int Number, Guid Id, string Link);

    private sealed record Made(Guid Id, byte[] LinkHash);

    /// <summary>False where no list is running; throws what a piece failed of, after counting it against the list.</summary>
    public async Task<bool> RunAsync(CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var run = (await db.BulkRuns.FromSql($"select * from bulk_runs where state = 'running' order by started_at, id limit 1 for update skip locked").ToListAsync(stop)).SingleOrDefault();
        if (run is null)
        {
            return false;
        }

        try
        {
            await InviteAsync(db, run, stop);
            await db.SaveChangesAsync(stop);
            await transaction.CommitAsync(stop);
            return true;
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            log.LogError(e, "A piece of the list {Run} failed", run.Id);
            await transaction.RollbackAsync(CancellationToken.None);
            await CountFailureAsync(run.Id);
            throw;
        }
    }

    private async Task InviteAsync(LearningDb db, BulkRun run, CancellationToken stop)
    {
        var now = zone.Now;
        var numbers = await db.Database.SqlQuery<int>($"""
            select number as "Value" from bulk_rows where run_id = {run.Id} and not done and standing in ('new', 'no account', 'elsewhere') order by number limit {Size}
            """).ToListAsync(stop);
        var rows = numbers.ConvertAll(number => new Row(number, Guid.CreateVersion7(now), OneTimeSecret.Link()));
        var made = await MakeAsync(db, run, rows, now, stop);
        await Outbox.QueueAsync(db, now, made, stop);
        int[] done = [.. numbers];
        await db.Database.ExecuteSqlAsync($"update bulk_rows set done = true where run_id = {run.Id} and number = any ({done})", stop);
        (run.Done, run.Invited, run.Attempts) = (run.Done + numbers.Count, run.Invited + made.Count, 0);
        if (numbers.Count < Size)
        {
            (run.State, run.EndedAt) = (BulkState.Done, now);
        }
    }

    // In the order of the addresses, so that two lists that invite the same people never wait for each other in a ring. Whoever has an open invitation keeps it, unless it ran out.
    private static async Task<List<Outgoing>> MakeAsync(LearningDb db, BulkRun run, List<Row> rows, DateTimeOffset now, CancellationToken stop)
    {
        var byHash = rows.ToDictionary(row => Convert.ToHexString(OneTimeSecret.HashOf(row.Link)), row => row.Link);
        int[] numbers = [.. rows.Select(row => row.Number)];
        Guid[] ids = [.. rows.Select(row => row.Id)];
        byte[][] hashes = [.. rows.Select(row => OneTimeSecret.HashOf(row.Link))];
        var ends = now + JoiningRules.InvitationLives;
        var made = await db.Database.SqlQuery<Made>($"""
            insert into invitations as i (id, email, agency_id, given_name, family_name, job_title, workforce, level, link_hash, invited_by, invited_at, sent_at, ends_at)
            select n.id, r.email, r.agency_id, r.given_name, r.family_name, r.job_title, r.workforce, r.level, n.hash, {run.MadeBy}, {now}, {now}, {ends}
            from unnest({numbers}, {ids}, {hashes}) as n (number, id, hash) join bulk_rows r on r.run_id = {run.Id} and r.number = n.number
            order by r.email
            on conflict (email, agency_id) where accepted_at is null and withdrawn_at is null
            do update set link_hash = excluded.link_hash, invited_by = excluded.invited_by, sent_at = excluded.sent_at, ends_at = excluded.ends_at where i.ends_at <= {now}
            returning i.id as "Id", i.link_hash as "LinkHash"
            """).ToListAsync(stop);
        var emails = await db.Invitations.Where(invitation => made.Select(one => one.Id).Contains(invitation.Id)).ToDictionaryAsync(invitation => invitation.Id, invitation => invitation.Email, stop);
        return made.ConvertAll(one => InvitationMail.Of(one.Id, emails[one.Id], byHash[Convert.ToHexString(one.LinkHash)]));
    }

    private async Task CountFailureAsync(Guid run)
    {
        await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
        await db.Database.ExecuteSqlAsync($"""
            update bulk_runs set attempts = attempts + 1, state = case when attempts + 1 >= {MostFailures} then 'failed' else state end,
                ended_at = case when attempts + 1 >= {MostFailures} then {zone.Now}::timestamptz end
            where id = {run} and state = 'running'
            """);
    }
}
