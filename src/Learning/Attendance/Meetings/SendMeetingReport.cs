using System.Text.Json;

using Learning.Audit;
using Learning.Catalogue;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance.Meetings;

/// <summary>What came of sending files of a meeting.</summary>
public abstract record SendReportOutcome
{
    /// <summary>They can be looked at; nothing is recorded yet.</summary>
    public sealed record Sent(Guid Id) : SendReportOutcome;

    /// <summary>Nothing was kept.</summary>
    public sealed record Refused(string Sentence) : SendReportOutcome;

    /// <summary>There is no such register, or not for the eyes of who asks (S1).</summary>
    public sealed record NotFound : SendReportOutcome;

    private SendReportOutcome()
    {
    }
}

/// <summary>
/// Takes the attendance reports of a session's meeting to be looked at (A8): they are read, and who they name is kept beside the session until somebody confirms or throws them away. For who may open the
/// register. Refused, with nothing kept: what cannot be read or is of another meeting, what is recorded already, a cancelled session. What one sent before and did not record makes way.
/// </summary>
public sealed class SendMeetingReport(IDbContextFactory<LearningDb> databases, RegisterSheets sheets, Zone zone)
{
    public async Task<SendReportOutcome> RunAsync(string reference, IReadOnlyList<MeetingFile> files, Actor actor, CancellationToken stop = default)
    {
        if ((await sheets.AskAsync(reference, actor, stop)).Sheet is not { } sheet)
        {
            return new SendReportOutcome.NotFound();
        }

        if (sheet.Session.Status == SessionStatus.Cancelled)
        {
            return new SendReportOutcome.Refused("This session is cancelled, so its register takes no marks");
        }

        var days = new MeetingDays(sheet.Parts.Min(part => DateOnly.FromDateTime(part.StartsLocal)), sheet.Parts.Max(part => DateOnly.FromDateTime(part.EndsLocal)));
        switch (ReadMeeting.Of(files, days, zone))
        {
            case MeetingRead.Refused refused:
                return new SendReportOutcome.Refused(refused.Sentence);
            case MeetingRead.Report { Said: var said } when !MeetingMarks.Touches(said, sheet.Parts):
                return new SendReportOutcome.Refused(
                    $"It is of another meeting: {British.When(zone.LocalOf(said.People.SelectMany(person => person.Joins).Min(join => join.From)), zone.LocalOf(said.People.SelectMany(person => person.Joins).Max(join => join.To)))}. Nobody was there while this session was on.");
            case MeetingRead.Report { Said: var said }:
                return await KeepAsync(sheet.Session.Id, files, said, actor, stop);
            default:
                throw new InvalidOperationException("Files are read or refused.");
        }
    }

    private async Task<SendReportOutcome> KeepAsync(Guid session, IReadOnlyList<MeetingFile> files, MeetingReport said, Actor actor, CancellationToken stop)
    {
        var now = zone.Now;
        var hashes = files.Select(file => ReadMeeting.Hash(file.Content)).ToList();
        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var before = await (from report in db.SentReports join file in db.SentReportFiles on report.Id equals file.ReportId
                            where report.SessionId == session && report.RecordedAt != null && hashes.Contains(file.Sha256)
                            orderby report.RecordedAt select report.RecordedAt).FirstOrDefaultAsync(stop);
        if (before is { } at)
        {
            return new SendReportOutcome.Refused($"{(files.Count == 1 ? "This file" : "One of these files")} was recorded on {British.Moment(zone.LocalOf(at))}. Send only what is new.");
        }

        await db.SentReports.Where(report => report.SessionId == session && report.SentBy == actor.PersonId && report.RecordedAt == null).ExecuteDeleteAsync(stop);
        var id = Guid.CreateVersion7(now);
        db.SentReports.Add(new SentReport { Id = id, SessionId = session, Kind = said.Kind, SentAt = now, SentBy = actor.PersonId });
        db.SentReportFiles.AddRange(files.Select((file, number) => new SentReportFile { ReportId = id, Number = number + 1, Size = file.Content.Length, Sha256 = hashes[number], Content = file.Content }));
        db.ReportedPeople.AddRange(said.People.Select((person, number) => new ReportedPerson
        {
            Id = Guid.CreateVersion7(now), ReportId = id, Number = number + 1, Name = person.Name, Email = person.Email, Joins = ReportedPerson.Write(person.Joins),
        }));
        db.AuditEntries.Add(new AuditEntry
        {
            At = now, ActorId = actor.PersonId, Verb = "sent a meeting report", SubjectKind = "session", SubjectId = session, Details = JsonSerializer.Serialize(new { files = files.Count, people = said.People.Count }),
        });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new SendReportOutcome.Sent(id);
    }

    /// <summary>Throws away what was sent and is not recorded: nothing of it stays. What is recorded, and what is not of this register, is left as it is.</summary>
    public async Task DropAsync(string reference, Guid id, Actor actor, CancellationToken stop = default)
    {
        if ((await sheets.AskAsync(reference, actor, stop)).Sheet is { } sheet)
        {
            await using var db = await databases.CreateDbContextAsync(stop);
            await db.SentReports.Where(report => report.Id == id && report.SessionId == sheet.Session.Id && report.RecordedAt == null).ExecuteDeleteAsync(stop);
        }
    }
}
