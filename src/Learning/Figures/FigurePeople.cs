using System.Text.Json;

using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Figures;

/// <summary>Somebody whom a figure counts, once for each time that it does: when, where, and under which agency (P2).</summary>
public sealed record CountedPerson(string Name, string Agency, string? Ref, string Title, DateOnly? Date);

/// <summary>The people behind a figure, for the business unit alone (S2); whoever looks is on the audit trail (S3).</summary>
public sealed class FigurePeople(IDbContextFactory<LearningDb> dbs, Zone zone)
{
    /// <summary>Everybody whom the figure, or a ratio's numerator, counts: as many rows as it says. Null where the measure counts no people, or what they said without their names.</summary>
    /// <exception cref="UnauthorizedAccessException">The actor is not the business unit.</exception>
    public async Task<IReadOnlyList<CountedPerson>?> RunAsync(ReportDefinition report, FigureDefinition figure, DateTimeOffset asAt, Actor actor, CancellationToken stop)
    {
        if (!actor.IsUnit)
        {
            throw new UnauthorizedAccessException("The people behind a figure are for the business unit (rule S2).");
        }

        if (!figure.Measure.NamesPeople())
        {
            return null;
        }

        await using var db = await dbs.CreateDbContextAsync(stop);
        db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = "viewed the people behind a figure", SubjectKind = "report", Details = JsonSerializer.Serialize(new { figure = FigureWords.Reference(report.Report, figure.Id) }) });
        await db.SaveChangesAsync(stop);

        await using var snapshot = await Snapshot.OpenAsync(db, actor, stop);
        report = report.At(zone.DateOf(asAt));
        var scope = await ScopeThen.OfAsync(snapshot.Connection, (await Scope.OfAsync(db, report, asAt, stop))[figure.Id], figure.Measure, zone, asAt, stop);
        var count = Count.For(figure.Measure).Counted;
        await using var command = Tally.Statement(snapshot.Connection, $"""
            with recursive {Records.Of(count.Set, scope, [count])},
            {FigureBehind.CountedOnce(count, scope)}
            select case when r.person_id is null then 'Without an account' else btrim(p.given_name || ' ' || p.family_name) end, coalesce(a.name, 'Agency not known'), s.ref, c.title, r.dated
            from once r left join persons p on p.id = r.person_id join courses c on c.id = r.course_id
            left join agencies_then(@to - 1, @as_at) a on a.id = r.agency_id left join sessions s on s.id = r.session_id
            {(count.Number == Number.DidNotAttend ? "where r.dna" : "")}
            order by lower(p.family_name), lower(p.given_name), p.id, r.dated, s.ref
            """, scope, asAt).Limit("agencies", scope.Agencies);
        await using var reader = await command.ExecuteReaderAsync(stop);
        var people = new List<CountedPerson>();
        while (await reader.ReadAsync(stop))
        {
            people.Add(new CountedPerson(
                reader.GetString(0) is { Length: > 0 } name ? name : "No name kept", reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetString(3),
                reader.IsDBNull(4) ? null : reader.GetFieldValue<DateOnly>(4)));
        }

        return people;
    }
}
