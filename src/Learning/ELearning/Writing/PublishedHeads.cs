using Learning.Catalogue;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Learning.ELearning.Writing;

/// <summary>
/// Carries what is published of a course to the catalogue: its title, summary, length and the rest of its head are then the published version's, for as long as that is what is offered
/// (<see cref="CourseLibrary"/>). So is which courses are SCORM packages (E4). The server on which somebody publishes says so at once, every other within <see cref="Look"/>.
/// </summary>
internal sealed class PublishedHeads(IDbContextFactory<LearningDb> databases, ContentFolder content, CourseTexts texts, ILogger<PublishedHeads> log) : BackgroundService
{
    /// <summary>From one look to the next.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromSeconds(10);

    private sealed record Row(string Code, string? FolderDigest, string Head);

    /// <summary>Looks now.</summary>
    public async Task LookAsync(CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var rows = await db.Database.SqlQuery<Row>($"""
            select c.code as "Code", p.folder_digest as "FolderDigest", v.texts ->> 'course.yaml' as "Head"
            from courses c
            join lateral (
                select p.digest, p.folder_digest from course_publications p
                where p.course_id = c.id and not exists (select from version_withdrawals w where w.course_id = p.course_id and w.digest = p.digest)
                order by p.number desc limit 1) p on true
            join course_versions v on v.course_id = c.id and v.digest = p.digest
            where v.texts ? 'course.yaml'
            """).ToListAsync(stop);
        var packaged = await db.Database.SqlQuery<string>($"""
            select distinct c.code as "Value" from packages p join courses c on c.id = p.course_id
            where not exists (select from version_withdrawals w where w.course_id = p.course_id and w.digest = p.digest)
            """).ToListAsync(stop);
        texts.Publish([.. rows.Where(row => row.FolderDigest == (content.Find(row.Code)?.Digest ?? "")).Select(row => (row.Code, row.Head))], packaged);
    }

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stop);
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                log.LogWarning("What is published of courses could not be read; the catalogue shows what it showed before: {Why}", e.Message);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(Look, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
