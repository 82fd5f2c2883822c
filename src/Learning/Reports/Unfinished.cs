using System.Text.Json;

using Learning.Attendance;
using Learning.Database;
using Learning.Figures;
using Learning.People;
using Learning.Records;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Reports;

/// <summary>Something that is not finished when a report is to be signed.</summary>
/// <param name="Key">By which it is accepted; another one when more has come to it.</param>
/// <param name="Words">What it is, in one line that names no person.</param>
/// <param name="Session">The session whose register it is about.</param>
public sealed record UnfinishedItem(string Key, string Words, string? Session);

/// <summary>
/// What is unfinished of a report (F7): registers that nobody signed, marks that could not be placed, people of meeting reports who are not matched and reports that nobody recorded, people who checked in by a code and whose heads nobody counted, records of one person that wait to be merged, and the rest of a period that
/// has not ended. Only what the report's figures count; no person by name, since the chair sees none (S2).
/// </summary>
public sealed class Unfinished(LearningDb db, SuspectedDuplicates duplicates, Zone zone)
{
    private sealed record OpenRegister(string Ref, string Title, DateOnly CountedOn, int Strays, int Guests, int Reports, int Heads, bool Unsigned);

    /// <exception cref="DefinitionException">A code of the definition is not known here.</exception>
    /// <exception cref="UnauthorizedAccessException">The actor may not see figures (S2).</exception>
    public async Task<IReadOnlyList<UnfinishedItem>> OfAsync(ReportDefinition report, Actor actor, CancellationToken stop = default)
    {
        if (!actor.SeesFigures)
        {
            throw new UnauthorizedAccessException("Figures are for the subgroup, the chair and the business unit (rule S2).");
        }

        report = report.At(zone.Today);
        var items = new List<UnfinishedItem>();
        if (report.Period.To > zone.Today)
        {
            items.Add(new UnfinishedItem("period", $"The period has not ended: its last day is {British.DateWithoutDay(report.Period.LastDay)}", null));
        }

        items.AddRange(report.Figures.Where(figure => figure.Own?.Period.To > zone.Today).Select(figure => new UnfinishedItem(
            $"period {figure.Id}", $"The period of “{figure.Title}” has not ended: its last day is {British.DateWithoutDay(figure.Own!.Value.Period.LastDay)}", null)));
        var counted = await CountedAsync(report, stop);
        foreach (var register in await RegistersAsync(counted, stop))
        {
            var session = $"{register.Title}, {British.DateWithoutDay(register.CountedOn)} ({register.Ref})";
            if (register.Unsigned)
            {
                items.Add(new UnfinishedItem($"register {register.Ref}", $"Register not signed: {session}", register.Ref));
            }

            if (register.Strays > 0)
            {
                items.Add(new UnfinishedItem($"unmatched {register.Ref} {register.Strays}", $"{British.Count(register.Strays, "mark")} could not be placed: {session}", register.Ref));
            }

            if (register.Guests > 0)
            {
                items.Add(new UnfinishedItem($"guests {register.Ref} {register.Guests}", $"{British.Count(register.Guests, "person", "people")} of a meeting’s report not matched: {session}", register.Ref));
            }

            if (register.Reports > 0)
            {
                items.Add(new UnfinishedItem($"reports {register.Ref} {register.Reports}", $"{British.Count(register.Reports, "meeting report")} looked at and not recorded: {session}", register.Ref));
            }

            if (register.Heads > 0)
            {
                items.Add(new UnfinishedItem($"heads {register.Ref} {register.Heads}", $"{British.Count(register.Heads, "person", "people")} checked in by a code, and nobody counted heads: {session}", register.Ref));
            }
        }

        items.AddRange(await MergesAsync(report, counted, stop));
        return items;
    }

    // The courses, boards and days that any of the figures counts, for the database.
    private async Task<string> CountedAsync(ReportDefinition report, CancellationToken stop)
    {
        var scopes = await Scope.OfAsync(db, report, zone.Now, stop);
        return JsonSerializer.Serialize(report.Figures.Where(figure => figure.Measure is not Measure.CoursesAvailable).Select(figure => scopes[figure.Id]).Select(scope =>
            new { courses = scope.Courses, boards = scope.Boards, first = scope.From, past = scope.To }));
    }

    // The sessions that any of the figures counts, were they signed.
    private async Task<List<OpenRegister>> RegistersAsync(string counted, CancellationToken stop) => await db.Database.SqlQuery<OpenRegister>($"""
            with counted as (select * from jsonb_to_recordset({counted}::jsonb) as x (courses uuid[], boards text[], first date, past date)),
            sessions_counted as (
                select s.id, s.ref, c.title, s.counted_on, s.status, s.ends_at from sessions s join courses c on c.id = s.course_id
                where exists (
                    select from counted x where (x.courses is null or s.course_id = any(x.courses)) and (x.boards is null or coalesce(s.board, c.board) = any(x.boards))
                        and (x.first is null or s.counted_on >= x.first) and s.counted_on < x.past)),
            open as (
                select s.ref, s.title, s.counted_on,
                    (select count(*)::int from mark_strays m where m.session_id = s.id and not exists (select from mark_stray_decisions d where d.stray_id = m.id)) as strays,
                    (select count(*)::int from unmatched_people({zone.Now}) u where u.session_id = s.id and u.source = 'meeting') as guests, (select count(*)::int from meeting_reports r where r.session_id = s.id and r.recorded_at is null) as reports,
                    (select count(*)::int from self_check_ins c where c.session_id = s.id and c.taken is null and s.ends_at <= {zone.Now}) as heads,
                    s.status = 'planned' and s.ends_at < {zone.Now} and (
                        select e.event from register_events e where e.session_id = s.id order by e.recorded_at desc, e.id desc limit 1) is distinct from 'signed' as unsigned
                from sessions_counted s)
            select ref as "Ref", title as "Title", counted_on as "CountedOn", strays as "Strays", guests as "Guests", reports as "Reports", heads as "Heads", unsigned as "Unsigned" from open where unsigned or strays > 0 or guests > 0 or reports > 0 or heads > 0 order by counted_on, ref
            """).ToListAsync(stop);

    // Two records matter where the report counts something of both.
    private async Task<IEnumerable<UnfinishedItem>> MergesAsync(ReportDefinition report, string counted, CancellationToken stop)
    {
        if (!report.Figures.Any(figure => figure.Measure.StandsForPeople()))
        {
            return [];
        }

        var pairs = await duplicates.AllAsync(stop);
        var all = pairs.SelectMany(pair => new[] { pair.One.Id, pair.Two.Id }).Distinct().ToArray();
        var counting = (await db.Database.SqlQuery<Guid>($"""
            with counted as (select * from jsonb_to_recordset({counted}::jsonb) as x (courses uuid[], boards text[], first date, past date)),
            facts as (
                select m.person_id, m.session_id, null::uuid as course_id, null::date as dated from marks m where m.person_id = any({all})
                union select m.substitute_id, m.session_id, null, null from marks m where m.substitute_id = any({all})
                union select c.person_id, null, c.course_id, c.completed_on from completions c where c.person_id = any({all}))
            select distinct f.person_id as "Value" from facts f left join sessions s on s.id = f.session_id join courses c on c.id = coalesce(s.course_id, f.course_id)
            where exists (
                select from counted x where (x.courses is null or c.id = any(x.courses)) and (x.boards is null or coalesce(s.board, c.board) = any(x.boards))
                    and (x.first is null or coalesce(s.counted_on, f.dated) >= x.first) and coalesce(s.counted_on, f.dated) < x.past)
            """).ToListAsync(stop)).ToHashSet();
        return pairs.Where(pair => counting.Contains(pair.One.Id) && counting.Contains(pair.Two.Id)).Select(pair => new UnfinishedItem(
            $"merge {pair.One.Id} {pair.Two.Id}", $"Two records that may be one person: {Of(pair.One)}, and {Of(pair.Two)}", null));
    }

    private static string Of(DuplicateSide side) => side.Agencies.Length == 0 ? "one of no agency" : $"one of {string.Join(" and ", side.Agencies)}";
}
