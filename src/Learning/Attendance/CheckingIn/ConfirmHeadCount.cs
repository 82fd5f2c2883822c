using System.Text.Json;

using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance.CheckingIn;

/// <summary>What came of a head-count.</summary>
public abstract record HeadCountOutcome
{
    /// <summary>So many are in the register by it.</summary>
    public sealed record Confirmed(int Taken) : HeadCountOutcome;

    /// <summary>Nothing was changed.</summary>
    public sealed record Refused(string Field, string Sentence) : HeadCountOutcome;

    /// <summary>There is no such register, or not for the eyes of who asks (S1).</summary>
    public sealed record NotFound : HeadCountOutcome;

    private HeadCountOutcome()
    {
    }
}

/// <summary>
/// Whoever takes a register has counted heads, and says who of those that checked in by themselves is there (A5): they become marks, by the way that all marks come about, and with the id that their check-in has,
/// so that twice is once (A3). Who is not ticked was not there, as far as this goes. Refused: fewer heads than ticks, a part that is not the session's, and a register that is signed.
/// </summary>
public sealed class ConfirmHeadCount(IDbContextFactory<LearningDb> databases, RegisterSheets sheets, RecordMarks record, Zone zone)
{
    /// <summary>What the marks say made them.</summary>
    public const string Device = "self check-in";

    private const string CountField = "Input.Counted";

    /// <param name="part">Its number.</param>
    /// <param name="counted">As it was typed.</param>
    public async Task<HeadCountOutcome> RunAsync(string reference, int part, string? counted, IReadOnlyCollection<Guid> ticked, Actor actor, CancellationToken stop = default)
    {
        var sheet = (await sheets.AskAsync(reference, actor, stop)).Sheet;
        if (sheet?.Parts.FirstOrDefault(one => one.Number == part) is not { } asked)
        {
            return new HeadCountOutcome.NotFound();
        }

        if (sheet.State.Signed)
        {
            return new HeadCountOutcome.Refused(CountField, "The register is signed. Reopen it first");
        }

        await using var db = await databases.CreateDbContextAsync(stop);
        var said = await db.SelfCheckIns.Where(one => one.PartId == asked.Id && one.Taken != true).ToListAsync(stop);
        var there = said.Where(one => ticked.Contains(one.Id)).ToList();
        if (CheckInRules.WhyNotCount(counted, there.Count) is { } why)
        {
            return new HeadCountOutcome.Refused(CountField, why);
        }

        // Who is marked as attended already needs no second mark.
        var standing = sheet.People.Where(person => person.Marks.ContainsKey(asked.Id)).ToDictionary(person => person.PersonId, person => person.Marks[asked.Id].Mark);
        var marks = there.Where(one => one.PersonId is not { } person || standing.GetValueOrDefault(person)?.Kind != MarkKind.Attended).Select(one => new MarkEntry(
            one.Id, asked.Id, one.PersonId is { } person ? person : new Somebody(null, one.Email, one.Name), MarkKind.Attended, null, null, one.CheckedInAt, one.PersonId is { } known ? standing.GetValueOrDefault(known)?.Id : null)).ToList();
        if (marks.Count > 0 && await record.RunAsync(reference, new MarkBatch(Device, zone.Now, marks), actor, stop) is RecordOutcome.Refused refused)
        {
            return new HeadCountOutcome.Refused(CountField, refused.Reason);
        }

        await DecideAsync(db, sheet.Session.Id, said, there, actor, stop);
        return new HeadCountOutcome.Confirmed(there.Count);
    }

    // After the marks are there, and in a transaction of its own: ended between the two, it is pressed again, and the marks are the same (A3).
    private async Task DecideAsync(LearningDb db, Guid session, List<SelfCheckIn> said, List<SelfCheckIn> there, Actor actor, CancellationToken stop)
    {
        var now = zone.Now;
        var ids = there.ConvertAll(one => one.Id);
        var people = await db.Marks.AsNoTracking().Where(mark => ids.Contains(mark.Id) && mark.PersonId != null).ToDictionaryAsync(mark => mark.Id, mark => mark.PersonId, stop);
        foreach (var one in said)
        {
            (one.DecidedAt, one.DecidedBy, one.Taken) = (now, actor.PersonId, ids.Contains(one.Id));
            // What was an address is a person now, perhaps one who had checked in by another address.
            if (one is { Taken: true, PersonId: null } && people.GetValueOrDefault(one.Id) is { } person && !await db.SelfCheckIns.AnyAsync(other => other.PartId == one.PartId && other.PersonId == person, stop))
            {
                (one.PersonId, one.Email, one.Name) = (person, null, null);
            }
        }

        db.AuditEntries.Add(new AuditEntry { At = now, ActorId = actor.PersonId, Verb = "confirmed a head-count", SubjectKind = "session", SubjectId = session, Details = JsonSerializer.Serialize(new { taken = there.Count, set_aside = said.Count - there.Count }) });
        await db.SaveChangesAsync(stop);
    }
}
