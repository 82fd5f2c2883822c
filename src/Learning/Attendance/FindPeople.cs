using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance;

/// <summary>Somebody who may have walked in: name and agency, no more.</summary>
public sealed record Found(Guid Id, string Name, string? Agency);

/// <summary>The question who is called so (rule A4): for those who may mark a register, since who walks in has to be found. At least three letters, at most 20 people.</summary>
public sealed class FindPeople(LearningDb db)
{
    public const int FewestLetters = 3;

    public const int Most = 20;

    public async Task<IReadOnlyList<Found>> AskAsync(string name, DateOnly day, CancellationToken stop = default)
    {
        var words = name.ToLower(British.Culture).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Sum(word => word.Length) < FewestLetters || !ReadSentMarks.IsText(name, Arrivals.LongestName))
        {
            return [];
        }

        // Every word begins a word of the name.
        string[] patterns = [.. words.Select(word => $"% {word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%")];
        return await db.Database.SqlQuery<Found>($"""
            select p.id as "Id", btrim(p.given_name || ' ' || p.family_name) as "Name", a.name as "Agency"
            from persons p left join lateral employment_that_day(p.id, {day}) e on true left join agencies a on a.id = e.agency_id
            where p.erased_at is null and ' ' || p.given_name || ' ' || p.family_name ilike all ({patterns})
                and not exists (select from counted_now c where c.person_id = p.id)
            order by p.family_name, p.given_name, p.id limit {Most}
            """).ToListAsync(stop);
    }

    /// <summary>The name of who has an address; null when nobody has.</summary>
    public async Task<string?> HolderOfAsync(string email, CancellationToken stop = default)
    {
        var normal = PersonEmail.Normal(email);
        return (await db.Persons.AsNoTracking().SingleOrDefaultAsync(person => db.PersonEmails.Any(row => row.Email == normal && row.PersonId == person.Id), stop))?.Name;
    }
}
