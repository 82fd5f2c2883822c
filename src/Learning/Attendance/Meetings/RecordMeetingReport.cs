using System.Text.Json;

using Learning.Audit;
using Learning.Catalogue;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance.Meetings;

/// <summary>What whoever records a report says of whom it names.</summary>
/// <param name="Shown">When the page was shown: what was marked since was not seen (A2).</param>
/// <param name="Who">By the report's person: nothing: later; a person's id, of the register or of who gives the session; "new"; "out".</param>
/// <param name="WalkIns">Of those known by their address without a place, the ones who are to have a mark; the others are left out.</param>
/// <param name="Instead">The people of the register whose marks by hand the report takes the place of.</param>
public sealed record ReportChoices(DateTimeOffset Shown, IReadOnlyDictionary<Guid, string> Who, IReadOnlySet<Guid> WalkIns, IReadOnlySet<Guid> Instead)
{
    public const string New = "new";
    public const string Out = "out";
}

/// <summary>What came of recording a report.</summary>
public abstract record RecordReportOutcome
{
    /// <summary>It is recorded, by this press or an earlier one.</summary>
    /// <param name="Waiting">Of whom nobody said yet who they are: the business unit's queue has them.</param>
    public sealed record Recorded(int Marks, int Waiting, bool Reopened) : RecordReportOutcome;

    /// <summary>Nothing was recorded.</summary>
    /// <param name="Person">About whom of the report; null: about all of it.</param>
    public sealed record Refused(Guid? Person, string Sentence) : RecordReportOutcome;

    /// <summary>There is no such report, or not for the eyes of who asks (S1).</summary>
    public sealed record NotFound : RecordReportOutcome;

    private RecordReportOutcome()
    {
    }
}

/// <summary>
/// Records a meeting's report that somebody has looked at (A8): whoever is known by an address, or was confirmed, has a mark in each part that they were in, attended or in part with minutes (A7); marks made by
/// hand stay unless it is said otherwise, and are known to have been seen (A2). The marks, who is who, and who waits for the business unit are kept in one transaction; pressed twice, it is recorded once
/// (A3). A signed register is opened again by it, as by any late mark (A3). For who may open the register.
/// </summary>
public sealed class RecordMeetingReport(RecordMarks record, MeetingViews views, Zone zone)
{
    private sealed record Decided(SeenReported One, ReportedOutcome Outcome, Guid? Person, string? Reason = null);

    public async Task<RecordReportOutcome> RunAsync(string reference, Guid id, ReportChoices choices, Actor actor, CancellationToken stop = default)
    {
        if (await views.FindAsync(reference, id, actor, stop) is not { } view)
        {
            return new RecordReportOutcome.NotFound();
        }

        if (view.Report.RecordedAt is not null)
        {
            return new RecordReportOutcome.Recorded(0, view.People.Count(one => one.Said.Outcome is null), false);
        }

        if (view.Sheet.Session.Status == SessionStatus.Cancelled)
        {
            return new RecordReportOutcome.Refused(null, "This session is cancelled, so its register takes no marks");
        }

        var decisions = new List<Decided>();
        foreach (var one in view.People)
        {
            var (decided, wrong) = Decide(one, choices, view);
            if (wrong is not null)
            {
                return new RecordReportOutcome.Refused(one.Said.Id, wrong);
            }

            if (decided is not null)
            {
                decisions.Add(decided);
            }
        }

        var now = zone.Now;
        var batch = new MarkBatch($"{MeetingView.Device}{id:N}", now, Marks(view, decisions, choices, now));
        return await record.RunAsync(reference, batch, actor, db => KeepAsync(db, id, decisions, batch.Marks.Count, now, actor, stop), stop) switch
        {
            RecordOutcome.Recorded recorded => new RecordReportOutcome.Recorded(batch.Marks.Count, view.People.Count - decisions.Count, recorded.Reopened),
            RecordOutcome.Refused refused => new RecordReportOutcome.Refused(null, refused.Reason),
            _ => new RecordReportOutcome.NotFound(),
        };
    }

    // Null: later, by the business unit.
    private static (Decided? Decided, string? Wrong) Decide(SeenReported one, ReportChoices choices, MeetingView view)
    {
        var said = choices.Who.GetValueOrDefault(one.Said.Id) ?? "";
        var id = Guid.TryParse(said, out var chosen) ? chosen : (Guid?)null;
        return one switch
        {
            { Gives: true } => (new Decided(one, ReportedOutcome.Trainer, one.Known!.Id), null),
            { Row: { } row } => (new Decided(one, ReportedOutcome.ByAddress, row.PersonId), null),
            { Known: { } known } => (choices.WalkIns.Contains(one.Said.Id) ? new Decided(one, ReportedOutcome.ByAddress, known.Id) : new Decided(one, ReportedOutcome.LeftOut, null, "Known, and not to have a mark."), null),
            _ when said.Length == 0 => (null, null),
            _ when said == ReportChoices.Out => (new Decided(one, ReportedOutcome.LeftOut, null, "Nobody who took part."), null),
            _ when said == ReportChoices.New => one.Said.Email is null ? (null, "Somebody new needs an address. Leave them for the business unit")
                : MeetingMarks.Of([.. one.Joins], view.Sheet.Parts).Count == 0 ? (null, "They were not there while the session was on, so they can have no mark") : (new Decided(one, ReportedOutcome.Added, null), null),
            _ when id is null => (null, "Choose who this is, or leave it for later"),
            _ when view.Trainers.Any(trainer => trainer.Id == id) => (new Decided(one, ReportedOutcome.Trainer, id), null),
            _ when view.Sheet.People.FirstOrDefault(person => person.PersonId == id) is { } row => (new Decided(one, one.SameName.Contains(row) ? ReportedOutcome.ByName : ReportedOutcome.Chosen, row.PersonId), null),
            _ => (null, "Choose somebody who is on this register, or leave it for later"),
        };
    }

    private static List<MarkEntry> Marks(MeetingView view, List<Decided> decisions, ReportChoices choices, DateTimeOffset now)
    {
        var marks = new List<MarkEntry>();
        foreach (var them in decisions.Where(one => one.Outcome is not (ReportedOutcome.Trainer or ReportedOutcome.LeftOut)).GroupBy(one => one.Person?.ToString() ?? one.One.Said.Email!))
        {
            var first = them.First();
            var who = first.Person is { } person ? person : new Somebody(null, first.One.Said.Email, first.One.Said.Name);
            var row = view.Sheet.People.FirstOrDefault(one => one.PersonId == first.Person);
            marks.AddRange(ReportEntries.Of(
                view.Said(first.Person, them.SelectMany(one => one.One.Joins)), row, who, row is not null && choices.Instead.Contains(row.PersonId), choices.Shown, $"{view.Report.Id:N} {them.Key}", now));
        }

        return marks;
    }

    private static async Task<string?> KeepAsync(LearningDb db, Guid id, List<Decided> decisions, int marks, DateTimeOffset now, Actor actor, CancellationToken stop)
    {
        if (await db.SentReports.FromSql($"select * from meeting_reports where id = {id} and recorded_at is null for update").SingleOrDefaultAsync(stop) is not { } report)
        {
            return "Somebody else has just recorded this report, or thrown it away.";
        }

        report.Record(now, actor.PersonId);
        var kept = await db.ReportedPeople.Where(one => one.ReportId == id).ToDictionaryAsync(one => one.Id, stop);
        string[] addresses = [.. decisions.Where(one => one.Outcome == ReportedOutcome.Added).Select(one => one.One.Said.Email!)];
        var added = await db.PersonEmails.Where(row => addresses.Contains(row.Email)).ToDictionaryAsync(row => row.Email, row => row.PersonId, stop);
        foreach (var one in decisions)
        {
            kept[one.One.Said.Id].Decide(one.Outcome, one.Outcome == ReportedOutcome.Added ? added[one.One.Said.Email!] : one.Person, one.Reason, now, actor.PersonId);
        }

        db.AuditEntries.Add(new AuditEntry
        {
            At = now, ActorId = actor.PersonId, Verb = "recorded a meeting report", SubjectKind = "session", SubjectId = report.SessionId,
            Details = JsonSerializer.Serialize(new { report = id, marks, people = kept.Count, waiting = kept.Count - decisions.Count }),
        });
        return null;
    }
}
