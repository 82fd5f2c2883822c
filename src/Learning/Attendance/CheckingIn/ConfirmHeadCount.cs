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
/// so that twice is once (A3), in the transaction that stores them. Who is not ticked was not there, as far as this goes. Refused: fewer heads than ticks, a part that is not the session's, and a register that is signed.
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
        return await record.RunAsync(reference, new MarkBatch(Device, zone.Now, marks), actor, own => DecideAsync(own, sheet.Session.Id, asked.Id, ticked, actor, stop), stop) switch
        {
            RecordOutcome.Recorded => new HeadCountOutcome.Confirmed(there.Count),
            RecordOutcome.Refused refused => new HeadCountOutcome.Refused(CountField, refused.Reason),
            _ => new HeadCountOutcome.NotFound(),
        };
    }

    // Who is ticked is taken, everybody else set aside. What was an address is a person by now, perhaps one who had checked in by another address.
    private async Task<string?> DecideAsync(LearningDb db, Guid session, Guid part, IReadOnlyCollection<Guid> ticked, Actor actor, CancellationToken stop)
    {
        var (now, all) = (zone.Now, await db.SelfCheckIns.Where(one => one.PartId == part).ToListAsync(stop));
        var said = all.FindAll(one => one.Taken != true);
        var addresses = said.Select(one => one.Email).OfType<string>().ToDictionary(typed => typed, PersonEmail.Normal);
        var (normal, people) = (addresses.Values.ToArray(), all.Select(one => one.PersonId).OfType<Guid>().ToHashSet());
        var holders = await db.PersonEmails.Where(row => normal.Contains(row.Email)).ToDictionaryAsync(row => row.Email, row => row.PersonId, stop);
        foreach (var one in said)
        {
            (one.DecidedAt, one.DecidedBy, one.Taken) = (now, actor.PersonId, ticked.Contains(one.Id));
            if (one is { Taken: true, Email: { } email } && holders.TryGetValue(addresses[email], out var person) && people.Add(person))
            {
                (one.PersonId, one.Email, one.Name) = (person, null, null);
            }
        }

        var taken = said.Count(one => one.Taken == true);
        db.AuditEntries.Add(new AuditEntry { At = now, ActorId = actor.PersonId, Verb = "confirmed a head-count", SubjectKind = "session", SubjectId = session, Details = JsonSerializer.Serialize(new { taken, set_aside = said.Count - taken }) });
        return null;
    }
}
