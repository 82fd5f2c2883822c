using System.Text.Json;

using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>A line of the audit trail as an administrator reads it: who did it by name, what it was done to by its number. An administrator has no need to see records (S2).</summary>
/// <param name="Actor">Null: the program itself, or whoever runs the machine.</param>
public sealed record TrailLine(long Id, DateTimeOffset At, Guid? ActorId, string? Actor, string Verb, string SubjectKind, Guid? SubjectId, string? Details)
{
    /// <summary>The details in words: "role: chair; from: 2024-05-15".</summary>
    public string DetailsInWords
    {
        get
        {
            if (Details is null)
            {
                return "";
            }

            using var json = JsonDocument.Parse(Details);
            return InWords(json.RootElement, "; ", ": ");
        }
    }

    private static string InWords(JsonElement value, string between, string after) => value.ValueKind switch
    {
        JsonValueKind.Object => string.Join(between, value.EnumerateObject().Where(one => one.Value.ValueKind != JsonValueKind.Null).Select(one => $"{one.Name}{after}{InWords(one.Value, ", ", " ")}")),
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(one => InWords(one, ", ", " "))),
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        _ => value.ToString(),
    };
}

/// <summary>What the trail has of a kind, to choose from.</summary>
public sealed record TrailChoices(IReadOnlyList<string> Verbs, IReadOnlyList<string> Kinds);

/// <summary>
/// Searches the audit trail, the newest first. Only for administrators (S2). Looking for a person is itself on the trail (S3): what was done to somebody is of their record.
/// </summary>
public sealed class TrailSearch(LearningDb db, Zone zone)
{
    /// <summary>Lines on a page.</summary>
    public const int Size = 50;

    /// <summary>A page of lines, and whether there are older ones; nothing for anybody else.</summary>
    public async Task<(IReadOnlyList<TrailLine> Lines, bool More)> FindAsync(TrailFilter filter, Actor actor, CancellationToken stop = default)
    {
        if (!actor.IsAdministrator || filter.IsWrong || await PeopleAsync(filter, stop) is not { } people)
        {
            return ([], false);
        }

        if (people.Length > 0 && !people.Contains(actor.PersonId ?? Guid.Empty))
        {
            db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = "searched the audit trail for a person", SubjectKind = "person", SubjectId = people[0] });
            await db.SaveChangesAsync(stop);
        }

        var lines = await Lines(filter, people).Take(Size + 1).ToListAsync(stop);
        return ([.. lines.Take(Size)], lines.Count > Size);
    }

    /// <summary>Every line, as they come from the database; the caller has asked who may.</summary>
    internal async Task<IAsyncEnumerable<TrailLine>> AllAsync(TrailFilter filter, CancellationToken stop) =>
        !filter.IsWrong && await PeopleAsync(filter, stop) is { } people ? Lines(filter with { Before = null }, people).AsAsyncEnumerable() : AsyncEnumerable.Empty<TrailLine>();

    /// <summary>The verbs and kinds that the trail has: each found in one step of an index, however long the trail.</summary>
    public async Task<TrailChoices> ChoicesAsync(Actor actor, CancellationToken stop = default) => !actor.IsAdministrator ? new([], []) : new(
        await db.Database.SqlQuery<string>($"""
            with recursive step as (
                (select verb as word from audit_entries order by verb limit 1)
                union all select (select verb from audit_entries where verb > s.word order by verb limit 1) from step s where s.word is not null)
            select word as "Value" from step where word is not null
            """).ToListAsync(stop),
        await db.Database.SqlQuery<string>($"""
            with recursive step as (
                (select subject_kind as word from audit_entries order by subject_kind limit 1)
                union all select (select subject_kind from audit_entries where subject_kind > s.word order by subject_kind limit 1) from step s where s.word is not null)
            select word as "Value" from step where word is not null
            """).ToListAsync(stop));

    // Nobody in particular is nothing; null is somebody whom nobody knows. Who was merged has their own lines, from before (P3).
    private async Task<Guid[]?> PeopleAsync(TrailFilter filter, CancellationToken stop)
    {
        if (filter.Who is null)
        {
            return [];
        }

        var first = Guid.TryParse(filter.Who, out var id) ? id : await AddressHolder.OfAsync(db, filter.Who, stop);
        return first is not { } person ? null : [person, .. await db.PersonMerges.Where(merge => merge.IntoId == person).Select(merge => merge.PersonId).Distinct().ToListAsync(stop)];
    }

    private IQueryable<TrailLine> Lines(TrailFilter filter, Guid[] people)
    {
        var entries = db.AuditEntries.AsNoTracking();
        if (people.Length > 0)
        {
            entries = entries.Where(entry => people.Contains(entry.ActorId!.Value) || people.Contains(entry.SubjectId!.Value));
        }

        if (filter.From is { } from)
        {
            var start = zone.StartOf(from);
            entries = entries.Where(entry => entry.At >= start);
        }

        if (filter.Until is { } until)
        {
            var end = zone.StartOf(until.AddDays(1));
            entries = entries.Where(entry => entry.At < end);
        }

        return entries
            .Where(entry => (filter.Verb == null || entry.Verb == filter.Verb) && (filter.Kind == null || entry.SubjectKind == filter.Kind)
                && (filter.Subject == null || entry.SubjectId == filter.Subject) && (filter.Before == null || entry.Id < filter.Before))
            .OrderByDescending(entry => entry.Id)
            .Select(entry => new TrailLine(
                entry.Id, entry.At, entry.ActorId, db.Persons.Where(person => person.Id == entry.ActorId).Select(person => person.GivenName + " " + person.FamilyName).FirstOrDefault(), entry.Verb,
                entry.SubjectKind, entry.SubjectId, entry.Details));
    }
}
