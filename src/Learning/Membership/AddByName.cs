using System.Text.Json;

using Learning.Audit;
using Learning.Database;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>Somebody of the agency who is called the same.</summary>
public sealed record Namesake(Guid Id, string Agency, string? JobTitle, Workforce Workforce, string? Note, string? Email);

/// <summary>What came of adding somebody by name.</summary>
public abstract record AddOutcome
{
    public sealed record Added(Guid Id) : AddOutcome;

    /// <summary>What was typed has mistakes.</summary>
    public sealed record Wrong(IReadOnlyList<DetailMistake> Mistakes) : AddOutcome;

    /// <summary>Others of the agency are called so, and nobody said that this is somebody else.</summary>
    public sealed record SameName(IReadOnlyList<Namesake> Others) : AddOutcome;

    /// <summary>There is no such agency, or it is not the actor's.</summary>
    public sealed record NotFound : AddOutcome;

    private AddOutcome()
    {
    }
}

/// <summary>
/// An agency's lead, or the business unit, adds somebody who has no address of their own: a person (P1), with the agency from today, for whom they book. Each is a distinct person, also when names
/// repeat: then the lead has to say so. The same form sent twice is one person. On the audit trail (S3).
/// </summary>
public sealed class AddByName(LearningDb db, Zone zone)
{
    private static readonly IReadOnlyList<Workforce> Anything = Enum.GetValues<Workforce>();

    /// <param name="id">The form's own number, which the person gets.</param>
    public async Task<AddOutcome> RunAsync(Guid id, Guid? agency, TypedDetails typed, string? note, bool somebodyElse, Actor actor, CancellationToken stop = default)
    {
        if (actor.PersonId is not { } lead || agency is not { } target || !(actor.IsUnit || actor.LeadOf.Contains(target)) || await AgencyTree.BelowAsync(db, [target], zone.Today, stop: stop) is not [var place, ..] || place.Id != target)
        {
            return new AddOutcome.NotFound();
        }

        var mistakes = new List<DetailMistake>();
        var details = PersonDetails.Read(typed, Anything, "their", mistakes);
        note = JoiningRules.Said(note);
        if (note is not null && !JoiningRules.IsLine(note, JoiningRules.LongestSaying))
        {
            mistakes.Add(new(Detail.Note, $"Say what tells them apart in one line of at most {JoiningRules.LongestSaying} characters"));
        }

        if (details is null || mistakes.Count > 0)
        {
            return new AddOutcome.Wrong(mistakes);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({"adds: " + target}, 0))", stop);
        if (await db.PeopleByName.AnyAsync(one => one.PersonId == id && one.AddedBy == lead, stop))
        {
            return new AddOutcome.Added(id);
        }

        if (!somebodyElse && await NamesakesAsync(target, details, stop) is { Count: > 0 } others)
        {
            return new AddOutcome.SameName(others);
        }

        var person = new Person { Id = await db.Persons.AnyAsync(one => one.Id == id, stop) ? Guid.CreateVersion7(zone.Now) : id, GivenName = details.GivenName, FamilyName = details.FamilyName, CreatedAt = zone.Now };
        db.AddRange(person, new PersonByName { PersonId = person.Id, Note = note, AddedBy = lead, AddedAt = zone.Now });
        await db.SaveChangesAsync(stop);
        await Placing.EmployAsync(db, person.Id, target, details.JobTitle, details.Workforce, details.Level, zone, stop);
        db.AuditEntries.Add(new AuditEntry
        {
            At = zone.Now, ActorId = lead, Verb = "added somebody by name", SubjectKind = "person", SubjectId = person.Id, Details = JsonSerializer.Serialize(new { agency = target }),
        });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new AddOutcome.Added(person.Id);
    }

    private sealed record Row(Guid Id, string Agency, string? JobTitle, string Workforce, string? Note, string? Email);

    // Of the whole agency, whichever part: case and spaces between do not tell two people apart.
    private async Task<IReadOnlyList<Namesake>> NamesakesAsync(Guid agency, PersonDetails details, CancellationToken stop)
    {
        var (whole, today) = (await AgencyTree.WholeAsync(db, agency, stop), zone.Today);
        var name = string.Join(' ', $"{details.GivenName} {details.FamilyName}".Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToLower(British.Culture);
        var rows = await db.Database.SqlQuery<Row>($"""
            select p.id as "Id", a.name as "Agency", j.job_title as "JobTitle", j.workforce as "Workforce", n.note as "Note", e.email as "Email"
            from employments j join persons p on p.id = j.person_id join agencies a on a.id = j.agency_id
            left join people_by_name n on n.person_id = p.id
            left join person_emails e on e.person_id = p.id and e.main
            where j.agency_id = any ({whole}) and j.starts_on <= {today} and (j.ends_on is null or {today} < j.ends_on)
                and lower(regexp_replace(btrim(p.given_name || ' ' || p.family_name), '\s+', ' ', 'g')) = {name}
            order by a.name, p.id limit 20
            """).ToListAsync(stop);
        return [.. rows.DistinctBy(row => row.Id).Select(row => new Namesake(row.Id, row.Agency, row.JobTitle, Words.Parse<Workforce>(row.Workforce), row.Note, row.Email))];
    }
}
