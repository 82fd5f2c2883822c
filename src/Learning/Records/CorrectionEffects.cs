using Learning.Attendance;
using Learning.Figures;

using Microsoft.EntityFrameworkCore;

namespace Learning.Records;

/// <summary>A figure of a report, as it was counted last, that a session stands behind.</summary>
public sealed record FigureBehindSession(string Report, string Figure, string Title);

/// <summary>What a correction of somebody's marks would alter, in sentences, before it is saved (A6): the marks, whether they attended the course, the agency's statement, and the figures that the session stands behind.</summary>
/// <param name="Lines">In order of weight; empty: nothing would change.</param>
/// <param name="Figures">Those of each report's newest count that list the session: they may change at the next.</param>
public sealed record CorrectionEffects(IReadOnlyList<string> Lines, IReadOnlyList<FigureBehindSession> Figures)
{
    /// <summary>Of what stands, and what would.</summary>
    public static async Task<CorrectionEffects> OfAsync(LearningDb db, ReportDefinitions reports, RegisterSheet sheet, SheetPerson person, IReadOnlyList<Correction> corrections, CancellationToken stop = default)
    {
        var wanted = corrections.ToDictionary(one => one.Part, one => (one.Mark, one.Minutes));
        (MarkKind Kind, int? Minutes)? Before(Guid part) => person.Marks.TryGetValue(part, out var says) ? (says.Mark.Kind, says.Mark.Minutes) : null;
        (MarkKind Kind, int? Minutes)? After(Guid part) => wanted.TryGetValue(part, out var asked) ? asked : Before(part);
        var changed = sheet.Parts.Where(part => Before(part.Id) != After(part.Id)).ToList();
        var lines = changed.ConvertAll(part => $"{(sheet.Parts.Count > 1 ? $"{RegisterBar.PartName(part)}: " : "")}{Words(Before(part.Id))} becomes {Words(After(part.Id)).ToLowerInvariant()}.");
        switch (sheet.AttendedBy(Before), sheet.AttendedBy(After))
        {
            case (false, true):
                lines.Add($"{person.GivenOrName} then has attended the course: it comes onto their record.");
                break;
            case (true, false):
                lines.Add($"{person.GivenOrName} then has not attended the course: it leaves their record.");
                if (await HasCertificateAsync(db, sheet, person, stop))
                {
                    lines.Add("Their certificate for it is revoked, and they are told.");
                }

                break;
        }

        switch (IsNoShow(sheet, person, Before), IsNoShow(sheet, person, After))
        {
            case (false, true):
                lines.Add("It becomes a no-show on their agency’s statement.");
                break;
            case (true, false):
                lines.Add("The no-show leaves their agency’s statement.");
                break;
        }

        return new CorrectionEffects(lines, changed.Count == 0 ? [] : await BehindAsync(db, reports, sheet.Session.Ref, stop));
    }

    private static async Task<bool> HasCertificateAsync(LearningDb db, RegisterSheet sheet, SheetPerson person, CancellationToken stop) => (await db.Database.SqlQuery<bool>($"""
        select exists (select from standing_certificates c where c.session_id = {sheet.Session.Id} and c.person_id = any (array(select same from persons_of(counted_as({person.PersonId})) same))) as "Value"
        """).ToListAsync(stop)).Single();

    // As no_shows has it: the last of somebody's marks says that they did not come.
    private static bool IsNoShow(RegisterSheet sheet, SheetPerson person, Func<Guid, (MarkKind Kind, int? Minutes)?> says) =>
        person.BookingId is not null && sheet.Parts.Any(part => says(part.Id) is { Kind: MarkKind.Dna }) && sheet.Parts.All(part => says(part.Id) is null or { Kind: MarkKind.Dna });

    private static string Words((MarkKind Kind, int? Minutes)? says) => says is var (kind, minutes) ? MarkWords.Of(kind, minutes) : "Not marked";

    private static async Task<IReadOnlyList<FigureBehindSession>> BehindAsync(LearningDb db, ReportDefinitions reports, string reference, CancellationToken stop)
    {
        var behind = await db.Database.SqlQuery<Row>($"""
            with newest as (select distinct on (report) id, report from report_builds order by report, built_at desc, id desc)
            select n.report as "Report", b.figure as "Figure" from newest n join report_behind b on b.build_id = n.id
            where exists (select from json_array_elements(b.rows) r where r ->> 'ref' = {reference})
            order by n.report desc, b.figure
            """).ToListAsync(stop);
        var titles = behind.Count == 0 ? [] : (await reports.AllAsync(stop)).Reports.SelectMany(report => report.Figures, (report, figure) => (report.Report, figure.Id, figure.Title)).ToDictionary(one => (one.Report, one.Id), one => one.Title);
        return behind.ConvertAll(row => new FigureBehindSession(row.Report, row.Figure, titles.GetValueOrDefault((row.Report, row.Figure)) ?? row.Figure));
    }

    private sealed record Row(string Report, string Figure);
}
