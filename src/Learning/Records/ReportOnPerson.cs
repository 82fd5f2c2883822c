using System.Data;
using System.IO.Compression;

using Learning.Audit;
using Learning.Messages;
using Learning.People;
using Learning.Records.Held;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

using Npgsql;

namespace Learning.Records;

/// <summary>In which form somebody gets everything that is held about a person.</summary>
public enum HeldAs
{
    /// <summary>A page to read and print.</summary>
    Html,

    /// <summary>For programs.</summary>
    Json,

    /// <summary>Both in one file.</summary>
    Zip,
}

/// <summary>About whom a report is, and who gives it.</summary>
/// <param name="ByThemselves">Whoever takes it is the person.</param>
/// <param name="Persons">All records of that human being (P3), the one that the others are counted as first.</param>
internal sealed record HeldAbout(Guid[] Persons, string Name, string Partnership, string Contact, DateTimeOffset At, bool ByThemselves);

/// <summary>
/// Everything that is held about a person, in one press (Article 15 of the UK GDPR): for themselves, and by the business unit for anybody. Written as it comes from the database, all of one
/// instant. That it was taken is on the audit trail (S3).
/// </summary>
public sealed class ReportOnPerson(IDbContextFactory<LearningDb> databases, Letterhead head, Zone zone)
{
    /// <summary>False, and nothing written, where there is no such person or it is not for the eyes of who asks.</summary>
    /// <param name="output">Asked for when there is something to write.</param>
    public async Task<bool> RunAsync(Guid id, HeldAs form, Actor actor, Func<Stream> output, CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        if (await AboutAsync(db, id, actor, stop) is not { } about)
        {
            return false;
        }

        db.AuditEntries.Add(new AuditEntry { At = about.At, ActorId = actor.PersonId, Verb = "took everything held about a person", SubjectKind = "person", SubjectId = about.Persons[0] });
        await db.SaveChangesAsync(stop);

        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, stop);
        await db.Database.ExecuteSqlRawAsync("set transaction read only", stop);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        switch (form)
        {
            case HeldAs.Html:
                await HeldHtml.WriteAsync(about, connection, output(), zone, stop);
                break;
            case HeldAs.Json:
                await HeldJson.WriteAsync(about, connection, output(), stop);
                break;
            default:
                await ZipAsync(about, connection, output(), stop);
                break;
        }

        return true;
    }

    /// <summary>The name of the file: ours, and nobody's name in it.</summary>
    public string FileName(HeldAs form) => $"everything-held-{zone.Today:yyyy-MM-dd}.{form.ToString().ToLowerInvariant()}";

    private async Task<HeldAbout?> AboutAsync(LearningDb db, Guid id, Actor actor, CancellationToken stop)
    {
        var persons = await SamePerson.OfAsync(db, id, stop);
        if (!actor.IsUnit && (actor.PersonId is not { } self || !persons.Contains(self)))
        {
            return null;
        }

        return await db.Persons.AsNoTracking().SingleOrDefaultAsync(person => person.Id == persons[0], stop) is { } person
            ? new HeldAbout([.. persons], PersonName.Of(person.GivenName, person.FamilyName, person.Id), head.From.Name, head.From.Address, zone.Now,
                actor.PersonId is { } asks && persons.Contains(asks)) : null;
    }

    private async Task ZipAsync(HeldAbout about, NpgsqlConnection connection, Stream output, CancellationToken stop)
    {
        await using var zip = await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, stop);
        await using (var page = await zip.CreateEntry(FileName(HeldAs.Html)).OpenAsync(stop))
        {
            await HeldHtml.WriteAsync(about, connection, page, zone, stop);
        }

        await using (var data = await zip.CreateEntry(FileName(HeldAs.Json)).OpenAsync(stop))
        {
            await HeldJson.WriteAsync(about, connection, data, stop);
        }
    }
}
