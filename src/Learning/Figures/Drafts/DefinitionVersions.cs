using Microsoft.EntityFrameworkCore;

namespace Learning.Figures.Drafts;

/// <summary>A version of a report's definition.</summary>
/// <param name="By">Who wrote it on the page; null: it came as a file under content/reports/.</param>
/// <param name="SignedAs">The newest revision that was signed by it, such as "r1".</param>
public sealed record DefinitionVersion(int Number, string Digest, DateTimeOffset KeptAt, string? By, string? SignedAs);

/// <summary>Finds the versions that a report's definition has had: each that was counted, signed or written.</summary>
public sealed class DefinitionVersions(LearningDb db)
{
    /// <summary>The oldest first.</summary>
    public async Task<IReadOnlyList<DefinitionVersion>> OfAsync(string report, CancellationToken stop) => await db.Database.SqlQuery<DefinitionVersion>($"""
        select v.version as "Number", v.digest as "Digest", v.kept_at as "KeptAt", btrim(p.given_name || ' ' || p.family_name) as "By",
            (select 'r' || max(s.revision) from report_signings s where s.definition_digest = v.digest) as "SignedAs"
        from report_definitions v left join persons p on p.id = v.kept_by
        where upper(v.report) = upper({report}) order by v.version
        """).ToListAsync(stop);

    /// <summary>The text of a version; null when there is none.</summary>
    public async Task<string?> TextAsync(string report, int number, CancellationToken stop) =>
        (await db.Database.SqlQuery<string>($"""select yaml as "Value" from report_definitions where upper(report) = upper({report}) and version = {number}""").ToListAsync(stop)).SingleOrDefault();
}
