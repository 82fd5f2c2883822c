using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Figures;

/// <summary>A report as it was counted last, which its page shows.</summary>
/// <param name="OfThisDefinition">False when the definition has been changed since.</param>
public sealed record Built(long Id, ComputedReport Report, DateTimeOffset BuiltAt, bool OfThisDefinition);

/// <summary>Finds the newest build of a report.</summary>
public sealed class NewestBuild(LearningDb db)
{
    /// <summary>The newest build; null when the report has not been counted yet.</summary>
    /// <exception cref="UnauthorizedAccessException">The actor may not see figures (S2).</exception>
    public async Task<Built?> OfAsync(ReportDefinition definition, Actor actor, CancellationToken stop)
    {
        if (!actor.SeesFigures)
        {
            throw new UnauthorizedAccessException("Figures are for the subgroup, the chair and the business unit (rule S2).");
        }

        var build = await db.ReportBuilds.AsNoTracking().Where(build => build.Report == definition.Report)
            .OrderByDescending(build => build.BuiltAt).ThenByDescending(build => build.Id).FirstOrDefaultAsync(stop);
        return build is null ? null : new Built(build.Id, ReportJson.Read(build.Figures), build.BuiltAt, build.DefinitionDigest == definition.Digest);
    }

    /// <summary>What was behind a figure of that build; null when a newer one has taken its place.</summary>
    public async Task<Behind?> BehindAsync(Built built, string figure, CancellationToken stop) =>
        (await db.ReportBehinds.AsNoTracking().SingleOrDefaultAsync(behind => behind.BuildId == built.Id && behind.Figure == figure, stop))?.Read();

    /// <summary>When each report was counted last.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> TimesAsync(CancellationToken stop) => await db.ReportBuilds
        .GroupBy(build => build.Report).Select(builds => new { builds.Key, BuiltAt = builds.Max(build => build.BuiltAt) })
        .ToDictionaryAsync(build => build.Key, build => build.BuiltAt, StringComparer.OrdinalIgnoreCase, stop);
}
