using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance;

/// <summary>Who an address is: somebody we knew, or somebody whom it made known.</summary>
/// <param name="Agency">The agency that the address's domain proposes on the day of the session (P4): after a merger the successor; or null.</param>
internal sealed record Arrival(string Email, Guid Id, string GivenName, string FamilyName, Guid? Agency)
{
    public string Name => $"{GivenName} {FamilyName}".Trim();
}

/// <summary>
/// People who came and are known by an address (rule A4): who has it is found, in any case and also when merged into somebody (P3, P6); for an address of nobody
/// a person is made, without an employment. Two devices that bring the same new address make one person.
/// </summary>
internal static class Arrivals
{
    /// <summary>Characters of a name.</summary>
    public const int LongestName = 200;

    /// <summary>Characters of an address.</summary>
    public const int LongestEmail = 254;

    /// <summary>Whether a text can be the address of a person: plain letters, one @, something on both sides.</summary>
    public static bool IsAddress(string text) =>
        text.Length <= LongestEmail && text.All(letter => letter is > ' ' and < '\u007f' and not ('"' or '<' or '>' or ',' or ';' or '(' or ')' or '\\'))
        && text.Split('@') is [{ Length: > 0 }, { Length: > 2 } domain] && domain.Contains('.') && domain[0] is not '.' && domain[^1] is not '.';

    /// <summary>Who has an address; null: nobody yet.</summary>
    public static async Task<Arrival?> KnownAsync(LearningDb db, string email, DateOnly day, CancellationToken stop) =>
        (await FindAsync(db, [PersonEmail.Normal(email)], day, stop)).Values.SingleOrDefault();

    /// <summary>The people of these addresses on the day of the session, by address as <see cref="PersonEmail.Normal"/> writes it.</summary>
    public static async Task<IReadOnlyDictionary<string, Arrival>> FindOrMakeAsync(LearningDb db, IEnumerable<Somebody> people, DateOnly day, DateTimeOffset now, CancellationToken stop)
    {
        // In the order of the addresses, so that two transactions that make the same people never wait for each other in a ring.
        var asked = people.Where(who => who.Email is not null).GroupBy(who => PersonEmail.Normal(who.Email!))
            .ToDictionary(group => group.Key, group => group.Select(who => who.Name).FirstOrDefault(name => name is not null));
        var emails = asked.Keys.Order(StringComparer.Ordinal).ToArray();
        if (emails.Length == 0)
        {
            return new Dictionary<string, Arrival>();
        }

        var found = await FindAsync(db, emails, day, stop);
        var missing = emails.Where(email => !found.ContainsKey(email)).ToArray();
        if (missing.Length == 0)
        {
            return found;
        }

        var names = missing.Select(email => Split(asked[email] ?? email.Split('@')[0])).ToList();
        var ids = missing.Select(_ => Guid.CreateVersion7()).ToArray();
        await db.Database.ExecuteSqlAsync($"""
            with made as (
                insert into persons (id, given_name, family_name, created_at)
                select id, given, family, {now} from unnest({ids}, {names.Select(name => name.Given).ToArray()}, {names.Select(name => name.Family).ToArray()}) as p (id, given, family))
            insert into person_emails (email, person_id, main) select email, id, true from unnest({missing}, {ids}) as e (email, id)
            on conflict (email) do nothing
            """, stop);
        await db.Database.ExecuteSqlAsync($"""
            delete from persons p where p.id = any({ids}) and not exists (select from person_emails e where e.person_id = p.id)
            """, stop);
        return await FindAsync(db, emails, day, stop);
    }

    /// <summary>Those of these addresses that are somebody's, as <see cref="PersonEmail.Normal"/> writes them.</summary>
    public static async Task<Dictionary<string, Arrival>> FindAsync(LearningDb db, string[] emails, DateOnly day, CancellationToken stop) =>
        (await db.Database.SqlQuery<Arrival>($"""
            with recursive walk as (
                select e.email, e.person_id, 0 as step from person_emails e where e.email = any({emails})
                union all
                select w.email, m.into_id, w.step + 1 from walk w
                join lateral (select into_id from person_merges where person_id = w.person_id order by recorded_at desc, id desc limit 1) m on m.into_id is not null
                where w.step < 20)
            select distinct on (w.email) w.email as "Email", p.id as "Id", p.given_name as "GivenName", p.family_name as "FamilyName", agency_on(d.agency_id, {day}) as "Agency"
            from walk w join persons p on p.id = w.person_id left join agency_domains d on d.domain = split_part(w.email, '@', 2)
            order by w.email, w.step desc
            """).ToListAsync(stop)).ToDictionary(row => row.Email);

    // "Mary Ann Lee" is Mary Ann, of family name Lee; whoever knows better corrects it.
    private static (string Given, string Family) Split(string name)
    {
        var words = name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length < 2 ? (name.Trim(), "") : (string.Join(' ', words[..^1]), words[^1]);
    }
}
