using System.Globalization;

using Learning.Figures;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Reports;

/// <summary>A session whose register has not come back: unknown, and in no rate (C2).</summary>
public sealed record UnknownRegister(string Ref, string Title, DateOnly Date, int Booked);

/// <summary>A coming session with many empty places.</summary>
public sealed record EmptySession(string Ref, string Title, DateOnly Date, string? Venue, int Taken, int Capacity, int? Minimum);

/// <summary>An agency of which nobody was trained in the twelve months.</summary>
public sealed record MissingAgency(string Code, string Name, int? Headcount, DateOnly? LastOn);

/// <summary>How the places of a course were filled, in sessions held.</summary>
public sealed record FilledCourse(string Title, long Sessions, long Offered, long Attended, long NotThere)
{
    public double Share => Offered == 0 ? 0 : (double)Attended / Offered;
}

/// <summary>What the subgroup sees: aggregates, sessions and agencies, no person (S2).</summary>
public sealed record InsightSeen(
    InsightPeriod Period, ComputedReport Figures, ComputedReport Year, IReadOnlyList<FilledCourse> Filled, IReadOnlyList<UnknownRegister> Unknown, IReadOnlyList<MissingAgency> Missing, int Agencies,
    IReadOnlyList<EmptySession> Coming);

/// <summary>The insight page's numbers, each computed where every figure is (<see cref="ComputeReport"/>); what they count stands in content/figures/insight.yaml.</summary>
public sealed class Insight(InsightFigures figures, ComputeReport compute, LearningDb db, Zone zone)
{
    /// <summary>Sessions that are shown as coming start within so many days and have fewer than half of their places taken.</summary>
    private const int ComingDays = 90;

    private const int MostComing = 8;

    /// <exception cref="UnauthorizedAccessException">The actor may not see figures (S2).</exception>
    public async Task<InsightSeen> OfAsync(InsightPeriod period, Actor actor, CancellationToken stop)
    {
        var now = await compute.RunAsync(figures.Of("period", period.Period), null, actor, stop);
        var year = await compute.RunAsync(figures.Of("year", new Period(period.Period.To.AddYears(-1), period.Period.To)), now.AsAt, actor, stop);
        var names = await KnownNames.ReadAsync(db, period.Period.LastDay, now.AsAt, stop);
        var trained = year.Find("trained")!.Rows.Where(row => !row.IsTotal).Select(row => row.Key["agency"]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var missing = await MissingAsync(period.Period, trained, stop);
        return new InsightSeen(period, now, year, Filled(now, names), await UnknownAsync(period.Period, stop), missing.Missing, missing.All, await ComingAsync(stop));
    }

    private static List<FilledCourse> Filled(ComputedReport report, KnownNames names)
    {
        var (offered, booked, held) = (ByCourse("offered"), ByCourse("booked"), ByCourse("held"));
        return [.. ByCourse("fill").Select(course =>
        {
            var places = (long)offered.GetValueOrDefault(course.Key);
            var attended = (long)Math.Round(course.Value * places);
            return new FilledCourse(names.NameOf(Breakdown.Course, course.Key), (long)held.GetValueOrDefault(course.Key), places, attended, Math.Max(0, (long)booked.GetValueOrDefault(course.Key) - attended));
        }).OrderByDescending(course => course.Share).ThenBy(course => course.Title, StringComparer.OrdinalIgnoreCase)];

        Dictionary<string, double> ByCourse(string figure) => report.Find(figure)!.Rows.Where(row => !row.IsTotal && row.Value is not null).ToDictionary(row => row.Key["course"], row => row.Value!.Value);
    }

    private Task<List<UnknownRegister>> UnknownAsync(Period period, CancellationToken stop) => db.Database.SqlQuery<UnknownRegister>($"""
        select s.ref as "Ref", c.title as "Title", s.counted_on as "Date", s.taken as "Booked" from sessions s join courses c on c.id = s.course_id
        where s.status = 'planned' and s.ends_at < {zone.Now} and s.counted_on >= {period.From} and s.counted_on < {period.To}
          and (select e.event from register_events e where e.session_id = s.id order by e.recorded_at desc, e.id desc limit 1) is distinct from 'signed'
        order by s.counted_on, s.ref
        """).ToListAsync(stop);

    private Task<List<EmptySession>> ComingAsync(CancellationToken stop) => db.Database.SqlQuery<EmptySession>($"""
        select s.ref as "Ref", c.title as "Title", s.counted_on as "Date", s.venue as "Venue", s.taken as "Taken", s.capacity as "Capacity", s.minimum as "Minimum"
        from sessions s join courses c on c.id = s.course_id
        where s.status = 'planned' and s.parent_id is null and s.starts_at > {zone.Now} and s.starts_at < {zone.Now.AddDays(ComingDays)} and s.taken * 2 < s.capacity
        order by s.starts_at, s.ref limit {MostComing}
        """).ToListAsync(stop);

    // Agencies that stand for themselves on the last day: one that a successor has taken over is not missing.
    private async Task<(List<MissingAgency> Missing, int All)> MissingAsync(Period period, HashSet<string> trained, CancellationToken stop)
    {
        var all = await db.Database.SqlQuery<MissingAgency>($"""
            select a.code as "Code", t.name as "Name", a.headcount as "Headcount", greatest(
                (select max(s.counted_on) from marks m join sessions s on s.id = m.session_id where m.agency_id = a.id and m.mark in ('attended', 'part') and s.counted_on < {period.To}),
                (select max(c.completed_on) from completions c where c.agency_id = a.id and c.completed_on < {period.To})) as "LastOn"
            from agencies a join agencies_then({period.LastDay}, {zone.Now}) t on t.id = a.id
            where agency_on(a.id, {period.LastDay}) = a.id
            order by t.name
            """).ToListAsync(stop);
        return ([.. all.Where(agency => !trained.Contains(agency.Code))], all.Count);
    }
}

/// <summary>The definitions of the insight page.</summary>
public sealed class InsightFigures(string file)
{
    /// <summary>One of its two lists of figures over a period.</summary>
    internal ReportDefinition Of(string list, Period period)
    {
        var lines = File.ReadAllLines(file).SkipWhile(line => line != $"{list}:").Skip(1).TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal));
        return ReadReport.Text(file, string.Create(CultureInfo.InvariantCulture, $"report: insight\nperiod: {{from: {period.From:yyyy-MM-dd}, to: {period.To:yyyy-MM-dd}}}\nfigures:\n{string.Join('\n', lines)}\n"));
    }
}
