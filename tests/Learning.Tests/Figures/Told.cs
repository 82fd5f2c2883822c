using Learning.Attendance;
using Learning.Catalogue;
using Learning.ELearning;
using Learning.Figures;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Figures;

/// <summary>Writes down what happened, as it stands in the database, and asks for a figure of it. Times are wall times in London.</summary>
internal sealed class Told(Ground ground)
{
    public Given Given => ground.Given;

    public DateTimeOffset At(string local) => ground.Zone.InstantOf(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>A mark of a person on each part of a session, or on one; recorded when it was made, unless said otherwise.</summary>
    public async Task Mark(
        Session session, Person person, MarkKind kind, string at = "2024-06-03 16:00", int? part = null, int? minutes = null, Person? substitute = null, Agency? agency = null,
        Workforce? workforce = Workforce.Children, string? recorded = null, int reopening = 0)
    {
        await using var db = ground.Db();
        var parts = await db.SessionParts.Where(row => row.SessionId == session.Id && (part == null || row.Number == part)).OrderBy(row => row.Number).ToListAsync();
        foreach (var row in parts)
        {
            db.Marks.Add(new Mark
            {
                Id = Guid.CreateVersion7(), PartId = row.Id, SessionId = session.Id, PersonId = person.Id, Kind = kind, Minutes = minutes, SubstituteId = substitute?.Id,
                AgencyId = agency?.Id, Workforce = workforce, SubstituteAgencyId = substitute is null ? null : agency?.Id, SubstituteWorkforce = substitute is null ? null : workforce,
                MarkedAt = At(at), RecordedAt = At(recorded ?? at), Reopening = reopening,
            });
            await db.SaveChangesAsync();
        }
    }

    public Task Sign(Session session, string at = "2024-06-03 17:00") =>
        Given.Save(new RegisterEvent { SessionId = session.Id, Event = RegisterEventKind.Signed, RecordedAt = At(at) });

    public Task Reopen(Session session, string at) =>
        Given.Save(new RegisterEvent { SessionId = session.Id, Event = RegisterEventKind.Reopened, RecordedAt = At(at), Reason = "A sheet was found." });

    public Task Complete(Course course, Person person, string on, Agency? agency = null, Workforce? workforce = Workforce.Adults) => Given.Save(new Completion
    {
        Id = Guid.CreateVersion7(), CourseId = course.Id, PersonId = person.Id, CompletedOn = DateOnly.Parse(on), RecordedAt = At($"{on} 00:00"), AgencyId = agency?.Id, Workforce = workforce,
    });

    public Task Merge(Person person, Person? into, string at) => Given.Save(new PersonMerge { PersonId = person.Id, IntoId = into?.Id, RecordedAt = At(at), Reason = "One person" });

    /// <summary>Changes a session, on record as at a time.</summary>
    public async Task Change(Session session, string at, Action<Session> change)
    {
        await using var db = ground.Db();
        var row = await db.Sessions.SingleAsync(other => other.Id == session.Id);
        change(row);
        row.ChangedAt = At(at);
        await db.SaveChangesAsync();
    }

    /// <summary>A figure by the keys of its definition ("measure: people, courses: [C1]"), over April 2024 to March 2025 unless said otherwise.</summary>
    public async Task<ComputedFigure> Figure(string keys, string? asAt = null, string from = "2024-04-01", string to = "2025-04-01", string boards = "") =>
        (await Report($"{{id: it, {keys}}}", asAt, from, to, boards)).Figures.Single();

    /// <summary>A report of several figures.</summary>
    public async Task<ComputedReport> Report(string figures, string? asAt = null, string from = "2024-04-01", string to = "2025-04-01", string boards = "")
    {
        var report = ReadReport.Text("test.yaml", $"report: test\nperiod: {{from: {from}, to: {to}}}\n{boards}\nfigures: [{figures}]\n");
        return await ground.With((ComputeReport compute) => compute.RunAsync(report, asAt is null ? At("2026-01-01 00:00") : At(asAt), Actor.Machine, default));
    }

    public async Task<double?> Value(string keys, string? asAt = null, string from = "2024-04-01", string to = "2025-04-01") => (await Figure(keys, asAt, from, to)).Value;
}
