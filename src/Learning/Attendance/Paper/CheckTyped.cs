using System.Text.Json;

using Learning.Audit;
using Learning.Bookings;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance.Paper;

/// <summary>
/// Says that what was typed from paper is as it stands on the sheet: by somebody who may open the register and typed none of it, so that two people have seen each mark before it is signed, where the installation
/// wants that (setting <c>typed-registers-by-two</c>). What is typed afterwards waits for a check of its own.
/// </summary>
public sealed class CheckTyped(IDbContextFactory<LearningDb> databases, LearningDb db, Zone zone)
{
    /// <summary>What waits for a check: the marks that were typed since the last one, by their numbers, and whether the actor typed any of them.</summary>
    public sealed record Waiting(IReadOnlySet<Guid> Marks, long UpTo, bool Mine);

    private sealed record Row(Guid Id, long Number, bool Mine);

    /// <summary>For a page that has found the register as the actor's to open.</summary>
    public Task<Waiting> OfAsync(Guid session, Actor actor, CancellationToken stop = default) => OfAsync(db, session, actor, stop);

    /// <returns>The sentence of a refusal; null: it is checked. Where there is no such register for the actor, it is empty.</returns>
    /// <param name="upTo">The highest number of a mark that the page showed.</param>
    public async Task<string?> RunAsync(string reference, long upTo, Actor actor, CancellationToken stop = default)
    {
        await using var own = await databases.CreateDbContextAsync(stop);
        await using var transaction = await own.Database.BeginTransactionAsync(stop);
        if (actor.PersonId is not { } by || !RegisterSheets.IsReference(reference) || await own.LockSessionAsync(reference, stop) is not { } session
            || (await RegisterState.OfAsync(own, session.Id, actor, stop)).Access(actor, session, zone) is not RegisterAccess.Open)
        {
            return "";
        }

        var waiting = await OfAsync(own, session.Id, actor, stop);
        if (waiting.Mine)
        {
            return "You typed some of these marks. Somebody else who may open this register checks them";
        }

        if (waiting.Marks.Count == 0)
        {
            return null;
        }

        if (upTo < waiting.UpTo)
        {
            return "More was typed since you opened this page. Look at it again";
        }

        var now = zone.Now;
        own.TypedChecks.Add(new TypedCheck { SessionId = session.Id, UpTo = waiting.UpTo, CheckedAt = now, CheckedBy = by });
        own.AuditEntries.Add(new AuditEntry
        {
            At = now, ActorId = by, Verb = "checked what was typed from paper", SubjectKind = "session", SubjectId = session.Id, Details = JsonSerializer.Serialize(new { marks = waiting.Marks.Count }),
        });
        await own.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return null;
    }

    private static async Task<Waiting> OfAsync(LearningDb db, Guid session, Actor actor, CancellationToken stop)
    {
        var rows = await db.Database.SqlQuery<Row>($"""
            select m.id as "Id", m.number as "Number", coalesce(m.recorded_by in (select same from persons_of({actor.PersonId}) same), false) as "Mine" from marks m
            where m.session_id = {session} and m.device like 'typed %' and m.number > coalesce((select max(c.up_to) from typed_checks c where c.session_id = {session}), 0)
            """).ToListAsync(stop);
        return new Waiting(rows.Select(row => row.Id).ToHashSet(), rows.Count == 0 ? 0 : rows.Max(row => row.Number), rows.Exists(row => row.Mine));
    }
}
