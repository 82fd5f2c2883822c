using System.Text.Json;

using Learning.Attendance.Meetings;
using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance.Matching;

/// <summary>What somebody should know who matched.</summary>
public enum MatchNote
{
    None,

    /// <summary>The register was signed, and is open again (A3).</summary>
    Reopened,

    /// <summary>The register was signed long ago: the mark waits for a correction.</summary>
    Late,

    /// <summary>The register says it already, or says otherwise by hand.</summary>
    Already,
}

/// <summary>What came of saying who somebody is.</summary>
public abstract record MatchOutcome
{
    /// <summary>They are matched, or left out.</summary>
    public sealed record Done(MatchNote Note = MatchNote.None) : MatchOutcome;

    /// <summary>Nothing was changed.</summary>
    public sealed record Refused(string Field, string Sentence) : MatchOutcome;

    /// <summary>Nobody waits under this number, or who asks is not the business unit.</summary>
    public sealed record NotFound : MatchOutcome;

    private MatchOutcome()
    {
    }
}

/// <summary>
/// Says who a guest of a meeting's report is (A8): joins them to a person, makes them one by name and address as a walk-in becomes one (A4), or leaves them out for a reason. By the business unit. The marks that follow
/// are recorded as any other, in the same transaction: in a signed register they are late (A3); marks made by hand stay.
/// </summary>
public sealed class DecideGuest(IDbContextFactory<LearningDb> databases, RecordMarks record, RegisterSheets sheets, Zone zone)
{
    /// <summary>They are this person.</summary>
    public Task<MatchOutcome> JoinAsync(Guid id, Guid person, Actor actor, CancellationToken stop = default) => RunAsync(id, person, ReportedOutcome.Chosen, "Input.Person", actor, stop);

    /// <summary>They are somebody new, or whoever has the address.</summary>
    public Task<MatchOutcome> AddAsync(Guid id, string? name, string? email, Actor actor, CancellationToken stop = default)
    {
        var (called, address) = (name?.Trim() ?? "", email?.Trim() ?? "");
        return !ReadSentMarks.IsText(called, Arrivals.LongestName) ? Refused("Input.Name", called.Length == 0 ? "Enter their name" : $"Enter their name in plain letters, at most {Arrivals.LongestName}")
            : !Arrivals.IsAddress(address) ? Refused("Input.Email", address.Length == 0 ? "Enter their work e-mail address" : "Enter an e-mail address like name@agency.example")
            : RunAsync(id, new Somebody(null, address, called), ReportedOutcome.Added, "Input.Email", actor, stop);
    }

    /// <summary>Nobody who took part, for a reason.</summary>
    public async Task<MatchOutcome> LeaveOutAsync(Guid id, string? reason, Actor actor, CancellationToken stop = default)
    {
        reason = RegisterRules.ReasonOf(reason);
        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (!actor.IsUnit || await LockAsync(db, id, stop) is not { } guest)
        {
            return new MatchOutcome.NotFound();
        }

        if (string.IsNullOrEmpty(reason) || reason.Length > RegisterRules.LongestReason)
        {
            return new MatchOutcome.Refused("Input.Reason", string.IsNullOrEmpty(reason) ? "Write why they are left out" : $"Write the reason in {RegisterRules.LongestReason} characters or fewer");
        }

        guest.Decide(ReportedOutcome.LeftOut, null, reason, zone.Now, actor.PersonId);
        await NoteAsync(db, guest, "left out", actor, stop);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new MatchOutcome.Done();
    }

    private async Task<MatchOutcome> RunAsync(Guid id, Somebody who, ReportedOutcome outcome, string field, Actor actor, CancellationToken stop)
    {
        if (!actor.IsUnit)
        {
            return new MatchOutcome.NotFound();
        }

        await using var db = await databases.CreateDbContextAsync(stop);
        var reference = await (from guest in db.ReportedPeople join report in db.SentReports on guest.ReportId equals report.Id join session in db.Sessions on report.SessionId equals session.Id
                               where guest.Id == id && guest.Outcome == null && report.RecordedAt != null select session.Ref).SingleOrDefaultAsync(stop);
        if (reference is null || (await sheets.AskAsync(reference, actor, stop)).Sheet is not { } sheet)
        {
            return new MatchOutcome.NotFound();
        }

        // Whoever has the address already is whom they are joined to.
        var person = who.Id ?? (await Arrivals.FindAsync(db, [PersonEmail.Normal(who.Email!)], sheet.Session.CountedOn, stop)).Values.FirstOrDefault()?.Id;
        if (person is { } known && !await db.Persons.AnyAsync(one => one.Id == known && one.ErasedAt == null, stop))
        {
            return new MatchOutcome.Refused(field, "Choose a person of the list");
        }

        var joins = (await db.ReportedPeople.AsNoTracking().SingleAsync(one => one.Id == id, stop)).JoinsOf();
        var before = await MeetingViews.BeforeAsync(db, sheet.Session.Id, stop);
        var said = MeetingMarks.Of([.. joins, .. person is { } theirs ? before[theirs] : []], sheet.Parts);
        if (said.Count == 0 && person is null)
        {
            return new MatchOutcome.Refused(field, "They were not there while the session was on, so they can have no mark. Leave them out");
        }

        var now = zone.Now;
        var marks = ReportEntries.Of(said, sheet.People.FirstOrDefault(row => row.PersonId == person), person is { } one ? one : who, instead: false, now, $"{id:N}", now).ToList();
        return await record.RunAsync(reference, new MarkBatch($"{MeetingView.Device}{id:N}", now, marks), actor, own => KeepAsync(own, id, person, who, outcome, actor, stop), stop) switch
        {
            RecordOutcome.Recorded recorded => new MatchOutcome.Done(
                recorded.Reopened ? MatchNote.Reopened : recorded.Flagged.Count > 0 && sheet.State.Signed ? MatchNote.Late : marks.Count == 0 ? MatchNote.Already : MatchNote.None),
            RecordOutcome.Refused refused => new MatchOutcome.Refused(field, refused.Reason),
            _ => new MatchOutcome.NotFound(),
        };
    }

    private async Task<string?> KeepAsync(LearningDb db, Guid id, Guid? person, Somebody who, ReportedOutcome outcome, Actor actor, CancellationToken stop)
    {
        if (await LockAsync(db, id, stop) is not { } guest)
        {
            return "Somebody else has just said who this is.";
        }

        var address = who.Email is null ? null : PersonEmail.Normal(who.Email);
        guest.Decide(person is null ? outcome : ReportedOutcome.Chosen, person ?? await db.PersonEmails.Where(row => row.Email == address).Select(row => row.PersonId).SingleAsync(stop), null, zone.Now, actor.PersonId);
        await NoteAsync(db, guest, person is null ? "made a person" : "joined to a person", actor, stop);
        return null;
    }

    private async Task NoteAsync(LearningDb db, ReportedPerson guest, string what, Actor actor, CancellationToken stop) => db.AuditEntries.Add(new AuditEntry
    {
        At = zone.Now, ActorId = actor.PersonId, Verb = "matched somebody of a meeting report", SubjectKind = "session",
        SubjectId = await db.SentReports.Where(report => report.Id == guest.ReportId).Select(report => report.SessionId).SingleAsync(stop), Details = JsonSerializer.Serialize(new { what, person = guest.PersonId }),
    });

    private static Task<ReportedPerson?> LockAsync(LearningDb db, Guid id, CancellationToken stop) => db.ReportedPeople.FromSql($"""
        select p.* from meeting_people p where p.id = {id} and p.outcome is null and exists (select from meeting_reports r where r.id = p.report_id and r.recorded_at is not null) for update
        """).SingleOrDefaultAsync(stop);

    private static Task<MatchOutcome> Refused(string field, string sentence) => Task.FromResult<MatchOutcome>(new MatchOutcome.Refused(field, sentence));
}
