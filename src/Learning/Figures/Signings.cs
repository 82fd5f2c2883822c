using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Figures;

/// <summary>A revision of a signed report: who signed it when, as at when, and whether everybody may read it.</summary>
/// <param name="Version">Which version of the definition was counted.</param>
/// <param name="Restated">The figures that differ from the revision before.</param>
public sealed record Signing(
    Guid Id, string Report, int Revision, DateTimeOffset AsAt, DateTimeOffset SignedAt, string SignedBy, string DefinitionDigest, int Version, string[] Restated, string? Reason, DateTimeOffset? PublishedAt)
{
    /// <summary>Whether a figure differs from the revision before: it is marked [r].</summary>
    public bool Restates(string figure) => Restated.Contains(figure);
}

/// <summary>A revision as it was signed: the definition, the numbers, and all revisions of its report that the reader may see, the newest first.</summary>
public sealed record SignedReport(Signing Signing, ReportDefinition Definition, ComputedReport Computed, IReadOnlyList<Signing> Revisions);

/// <summary>Finds what was signed. Whoever sees figures (S2) sees every revision; everybody else those that were published.</summary>
public sealed class Signings(LearningDb db, SignedCopies copies)
{
    /// <summary>The revisions of a report that the actor may see, the newest first.</summary>
    public async Task<IReadOnlyList<Signing>> OfAsync(string report, Actor actor, CancellationToken stop) =>
        [.. (await NewestFirstAsync(report, stop)).Where(signing => actor.SeesFigures || signing.PublishedAt is not null)];

    /// <summary>A revision of a report, or its newest; null when there is none that the actor may see.</summary>
    public async Task<SignedReport?> FindAsync(string report, int? revision, Actor actor, CancellationToken stop)
    {
        var revisions = await OfAsync(report, actor, stop);
        if (revisions.FirstOrDefault(one => revision is null || one.Revision == revision) is not { } signing)
        {
            return null;
        }

        var (definition, computed) = await copies.OfAsync(signing.Id, db, stop);
        return new SignedReport(signing, definition, computed, revisions);
    }

    /// <summary>What stood behind a figure when it was signed.</summary>
    public async Task<Behind?> BehindAsync(Signing signing, string figure, CancellationToken stop) =>
        await db.SignedBehinds.AsNoTracking().Where(row => row.SigningId == signing.Id && row.Figure == figure).Select(row => row.Rows).SingleOrDefaultAsync(stop) is { } rows
            ? ReportBehind.Read(rows) : null;

    /// <summary>What the codes of a signed report meant on the last day of one of its periods, as at its instant, for its pages.</summary>
    public Task<KnownNames> NamesAsync(SignedReport signed, DateOnly lastDay, CancellationToken stop) => copies.NamesAsync(signed.Signing, lastDay, db, stop);

    /// <summary>A figure as each revision signed it.</summary>
    internal async Task<IReadOnlyList<(int Revision, ComputedFigure Figure)>> FiguresAsync(string report, string figure, CancellationToken stop)
    {
        var signings = await db.ReportSignings.AsNoTracking().Where(signing => signing.Report == report).OrderBy(signing => signing.Revision).Select(signing => new { signing.Revision, signing.Id }).ToListAsync(stop);
        var found = new List<(int Revision, ComputedFigure Figure)>();
        foreach (var signing in signings)
        {
            if ((await copies.OfAsync(signing.Id, db, stop)).Computed.Find(figure) is { } computed)
            {
                found.Add((signing.Revision, computed));
            }
        }

        return found;
    }

    /// <summary>Whether a report has a revision that everybody may read.</summary>
    public async Task<bool> IsPublishedAsync(string report, CancellationToken stop) => (await db.Database.SqlQuery<bool>($"""
        select exists (select from report_signings s join report_publications p on p.signing_id = s.id where upper(s.report) = upper({report})) as "Value"
        """).ToListAsync(stop)).Single();

    /// <summary>The newest revision of each report that the actor may see, by the report's name.</summary>
    public async Task<IReadOnlyDictionary<string, Signing>> NewestAsync(Actor actor, CancellationToken stop) => (await NewestFirstAsync(null, stop))
        .Where(signing => actor.SeesFigures || signing.PublishedAt is not null)
        .GroupBy(signing => signing.Report, StringComparer.OrdinalIgnoreCase).ToDictionary(signings => signings.Key, signings => signings.First(), StringComparer.OrdinalIgnoreCase);

    private Task<List<Signing>> NewestFirstAsync(string? report, CancellationToken stop) => db.Database.SqlQuery<Signing>($"""
        select s.id as "Id", s.report as "Report", s.revision as "Revision", s.as_at as "AsAt", s.signed_at as "SignedAt", btrim(p.given_name || ' ' || p.family_name) as "SignedBy",
            s.definition_digest as "DefinitionDigest", v.version as "Version", s.restated as "Restated", s.reason as "Reason", b.published_at as "PublishedAt"
        from report_signings s join persons p on p.id = s.signed_by join report_definitions v on v.digest = s.definition_digest
        left join report_publications b on b.signing_id = s.id
        where {report}::text is null or upper(s.report) = upper({report})
        order by s.report, s.revision desc
        """).ToListAsync(stop);
}
