using Microsoft.EntityFrameworkCore;

namespace Learning.ELearning.Writing;

/// <summary>A version of a course that was published, begun, withdrawn or signed off.</summary>
/// <param name="Publications">When it was published in the product, with what was said of it; none: it came from the content folder.</param>
/// <param name="Attempts">How many have begun it, and how many of those have completed it.</param>
public sealed record WrittenVersion(CourseVersion Version, IReadOnlyList<CoursePublication> Publications, VersionWithdrawal? Withdrawal, CourseSignOff? SignOff, int Attempts, int Completed)
{
    public string Digest => Version.Digest;

    public DateTimeOffset Since => Publications.Count > 0 ? Publications[^1].PublishedAt : Version.FirstUsedAt;

    /// <summary>All versions of a course, the newest first, but for those that are SCORM packages. Numbers of people only, no person (S2).</summary>
    public static async Task<IReadOnlyList<WrittenVersion>> ListAsync(LearningDb db, Guid course, CancellationToken stop = default)
    {
        var versions = await db.CourseVersions.AsNoTracking().Where(v => v.CourseId == course && !db.Packages.Any(p => p.CourseId == course && p.Digest == v.Digest)).ToListAsync(stop);
        var publications = (await db.CoursePublications.AsNoTracking().Where(p => p.CourseId == course).OrderBy(p => p.Number).ToListAsync(stop)).ToLookup(p => p.Digest);
        var withdrawals = await db.VersionWithdrawals.AsNoTracking().Where(w => w.CourseId == course).ToDictionaryAsync(w => w.Digest, stop);
        var signOffs = await db.CourseSignOffs.AsNoTracking().Where(s => s.CourseId == course).ToDictionaryAsync(s => s.Digest, stop);
        var attempts = await db.LearningAttempts.Where(a => a.CourseId == course).GroupBy(a => a.Version)
            .Select(group => new { group.Key, Begun = group.Count(), Completed = group.Count(a => a.CompletedAt != null) }).ToDictionaryAsync(one => one.Key, stop);
        return
        [
            .. versions.Select(version => new WrittenVersion(
                version, [.. publications[version.Digest]], withdrawals.GetValueOrDefault(version.Digest), signOffs.GetValueOrDefault(version.Digest),
                attempts.GetValueOrDefault(version.Digest)?.Begun ?? 0, attempts.GetValueOrDefault(version.Digest)?.Completed ?? 0)).OrderByDescending(version => version.Since),
        ];
    }
}
