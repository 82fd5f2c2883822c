using Learning.Database;
using Learning.People;

using Microsoft.EntityFrameworkCore;

using Npgsql;

using NpgsqlTypes;

namespace Learning.Records;

/// <summary>The person whom an erasure is about, with all that they are called.</summary>
/// <param name="Persons">All their records (P3), the one that the others are counted as first.</param>
/// <param name="Name">Of that one.</param>
/// <param name="FullNames">"Amara Osei", of each record.</param>
/// <param name="NameParts">"Amara" and "Osei".</param>
internal sealed record WhoGoes(Guid[] Persons, string Name, string[] Addresses, string[] FullNames, string[] NameParts)
{
    private const int ShortestName = 4;
    private const int ShortestPart = 2;

    /// <summary>Null where there is no such person.</summary>
    public static async Task<WhoGoes?> OfAsync(LearningDb db, Guid id, CancellationToken stop)
    {
        Guid[] persons = [.. await SamePerson.OfAsync(db, id, stop)];
        var rows = await db.Persons.AsNoTracking().Where(person => persons.Contains(person.Id)).ToListAsync(stop);
        if (rows.Find(row => row.Id == persons[0]) is not { } root)
        {
            return null;
        }

        var addresses = await db.PersonEmails.Where(email => persons.Contains(email.PersonId)).Select(email => email.Email).ToArrayAsync(stop);
        return new WhoGoes(
            persons, PersonName.Of(root.GivenName, root.FamilyName, root.Id), addresses, [.. rows.Select(row => row.Name).Where(name => name.Length >= ShortestName).Distinct()],
            [.. rows.SelectMany(row => new[] { row.GivenName.Trim(), row.FamilyName.Trim() }).Where(name => name.Length >= ShortestPart).Distinct(StringComparer.OrdinalIgnoreCase)]);
    }

    /// <summary>What their record says about whether they may be erased.</summary>
    public async Task<EraseFacts> FactsAsync(LearningDb db, DateTimeOffset now, DateOnly today, CancellationToken stop)
    {
        var roles = await db.RoleGrants.Where(grant => Persons.Contains(grant.PersonId) && grant.RevokedAt == null && (grant.EndsOn == null || grant.EndsOn > today)).Select(grant => grant.Role).Distinct().ToListAsync(stop);
        var unsigned = await db.Database.SqlQuery<string>($"""
            select s.ref as "Value" from sessions s
            where s.status = 'planned' and s.starts_at <= {now} and exists (select from session_trainers t where t.session_id = s.id and t.person_id = any({Persons}))
                and coalesce((select e.event from register_events e where e.session_id = s.id order by e.recorded_at desc, e.id desc limit 1), 'reopened') <> 'signed'
            order by s.starts_at, s.ref
            """).ToListAsync(stop);
        return new EraseFacts([.. roles.Order()], unsigned, await db.RecordHolds.AnyAsync(hold => Persons.Contains(hold.PersonId) && hold.LiftedAt == null, stop));
    }

    /// <summary>The parameters that <see cref="WhatGoes"/> speaks of.</summary>
    public void Fill(NpgsqlParameterCollection parameters, DateTimeOffset now, DateOnly today)
    {
        parameters.AddWithValue("erased", Persons);
        parameters.AddWithValue("addresses", Addresses);
        parameters.AddWithValue("named", (string[])[.. FullNames, .. Addresses]);
        parameters.AddWithValue("parts", (string[])[.. NameParts, .. Addresses]);
        parameters.AddWithValue("about_others", NpgsqlDbType.Array | NpgsqlDbType.Text, WhatGoes.AboutOthers.ToArray());
        parameters.AddWithValue("now", now);
        parameters.AddWithValue("today", today);
    }
}
