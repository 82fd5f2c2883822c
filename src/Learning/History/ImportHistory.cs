using System.Text.Json;

using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

using Npgsql;

namespace Learning.History;

/// <summary>
/// Imports a folder of history (rules H0 to H5): whole, or not at all, in one transaction. What is in the folder may point at what is in the system, and may tell it anew:
/// names, titles, times and places become what the folder says; marks, completions and registers are only ever added to. A second import of the same folder changes
/// nothing. Queues no message (H4).
/// </summary>
public sealed class ImportHistory(LearningDb db, Zone zone)
{
    /// <summary>One import at a time; and no report is signed while one runs, since what it brings is dated by when it happened (H0).</summary>
    internal const long Lock = 7_451_200_114;

    // From here on the database's notion of how much there is would be wrong by much.
    private const int Many = 10_000;

    /// <summary>
    /// Imports the folder, or says every mistake in it. A dry run does everything and then undoes it. The folder exists; the actor is the business unit or the owner of
    /// the machine. Progress comes from the thread that works.
    /// </summary>
    public async Task<ImportOutcome> RunAsync(string folder, bool dryRun, IProgress<ImportProgress>? progress, Actor actor, CancellationToken stop)
    {
        if (!actor.IsUnit)
        {
            throw new InvalidOperationException("Only the business unit imports history.");
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await connection.ExecuteAsync($"select pg_advisory_xact_lock({Lock})", [], stop);
        var story = new Story(new Findings(), zone.Now);
        await ReadSystem.IntoAsync(story, connection, zone, stop);
        await new ReadFolder(story, zone, progress).FromAsync(folder, stop);
        var concerned = story.Sessions.All.Values.Where(session => session.IsTold).Union(story.Bookings.Select(booking => booking.Session)).Union(story.Marks.Select(mark => mark.Session));
        var standing = await ReadSystem.BookingsAsync(CheckWorkshops.WithTheirs(concerned, story), connection, stop);
        CheckBookings.Of(story, standing);
        CheckWorkshops.Of(story, standing);
        if (story.Findings.AnyMistake)
        {
            return new ImportOutcome.Refused(story.Findings.Mistakes);
        }

        var imported = new ImportOutcome.Imported(await WriteAsync(connection, story, progress, stop), story.Findings.Warnings);
        if (!dryRun)
        {
            await KeepAsync(connection, imported, actor, stop);
            await transaction.CommitAsync(stop);
        }

        return imported;
    }

    private async Task<IReadOnlyList<ImportCount>> WriteAsync(NpgsqlConnection connection, Story story, IProgress<ImportProgress>? progress, CancellationToken stop) =>
    [
        .. await WriteAgencies.ToAsync(connection, story, stop),
        .. await WritePeople.ToAsync(connection, story, stop),
        .. await WriteCatalogue.ToAsync(connection, story, stop),
        .. await WriteSessions.ToAsync(connection, story, zone, stop),
        await WriteBookings.ToAsync(connection, story, stop),
        await new WriteMarks(connection, story, progress).RunAsync(stop),
        await WriteRegisters.SignAsync(connection, story, stop),
        await WriteRegisters.CompletionsAsync(connection, story, zone.StartOf, stop),
    ];

    private async Task KeepAsync(NpgsqlConnection connection, ImportOutcome.Imported imported, Actor actor, CancellationToken stop)
    {
        if (!imported.AnyChange)
        {
            return;
        }

        db.AuditEntries.Add(new AuditEntry
        {
            At = zone.Now, ActorId = actor.PersonId, Verb = "imported a folder of history", SubjectKind = "history",
            Details = JsonSerializer.Serialize(imported.Counts.Where(count => count.New + count.Changed > 0).ToDictionary(count => count.What, count => new { count.New, count.Changed })),
        });
        await db.SaveChangesAsync(stop);
        if (imported.Counts.Sum(count => count.New) >= Many)
        {
            await connection.ExecuteAsync("select analyze_history()", [], stop);
        }
    }
}
