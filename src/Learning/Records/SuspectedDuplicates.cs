using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Records;

/// <summary>Two records that may be one human being, and why.</summary>
public sealed record Suspicion(DuplicateSide One, DuplicateSide Two, IReadOnlyList<string> Reasons);

/// <summary>
/// The pairs that may be one human being (P3), those with most reasons first. One statement finds who shares a name or the first half of an address; <see cref="DuplicateRules"/> says
/// which are worth a look. Only for the business unit (S2).
/// </summary>
public sealed class SuspectedDuplicates(LearningDb db)
{
    /// <summary>Pairs that are shown at once; merging or dismissing them brings the next.</summary>
    public const int Most = 50;

    private sealed record Pair(
        Guid OneId, string OneGiven, string OneFamily, string[] OneEmails, string[] OneAgencies, bool OneAccount,
        Guid TwoId, string TwoGiven, string TwoFamily, string[] TwoEmails, string[] TwoAgencies, bool TwoAccount);

    public async Task<IReadOnlyList<Suspicion>> ListAsync(Actor actor, CancellationToken stop = default)
    {
        return actor.IsUnit ? [.. (await AllAsync(stop)).Take(Most)] : [];
    }

    /// <summary>All of them, for a verb that tells nobody's name.</summary>
    internal async Task<IReadOnlyList<Suspicion>> AllAsync(CancellationToken stop)
    {
        var pairs = await db.Database.SqlQuery<Pair>($"""
            with here as (
                select p.id, p.given_name, p.family_name, lower(btrim(p.given_name)) as given, lower(btrim(p.family_name)) as family
                from persons p where p.erased_at is null and btrim(p.given_name || p.family_name) <> '' and not exists (select from counted_now c where c.person_id = p.id)),
            locals as (
                select distinct e.person_id, split_part(e.email, '@', 1) as local from person_emails e where split_part(e.email, '@', 1) like '%.%'),
            alike as (
                select a.id as one, b.id as two from here a join here b on b.family = a.family and a.id < b.id and left(a.given, 1) = left(b.given, 1) where a.family <> ''
                union
                select least(a.id, b.id), greatest(a.id, b.id) from here a join here b on b.family = a.given and b.given = a.family and a.id <> b.id
                union
                select a.person_id, b.person_id from locals a join locals b on b.local = a.local and a.person_id < b.person_id),
            facts as (
                select h.*, array(select email from person_emails e where e.person_id = h.id order by main desc, email) as emails,
                    array(select distinct a.name from employments j join agencies a on a.id = j.agency_id where j.person_id = h.id order by 1) as agencies,
                    exists (select from accounts c where c.person_id = h.id) as account
                from here h where h.id in (select one from alike union select two from alike))
            select o.id as "OneId", o.given_name as "OneGiven", o.family_name as "OneFamily", o.emails as "OneEmails", o.agencies as "OneAgencies", o.account as "OneAccount",
                t.id as "TwoId", t.given_name as "TwoGiven", t.family_name as "TwoFamily", t.emails as "TwoEmails", t.agencies as "TwoAgencies", t.account as "TwoAccount"
            from alike a join facts o on o.id = a.one join facts t on t.id = a.two
            where not exists (select from not_duplicates n where n.first_id = a.one and n.second_id = a.two)
            """).ToListAsync(stop);
        return [.. pairs
            .Select(pair => (
                One: new DuplicateSide(pair.OneId, pair.OneGiven, pair.OneFamily, pair.OneEmails, pair.OneAgencies, pair.OneAccount),
                Two: new DuplicateSide(pair.TwoId, pair.TwoGiven, pair.TwoFamily, pair.TwoEmails, pair.TwoAgencies, pair.TwoAccount)))
            .Select(pair => new Suspicion(pair.One, pair.Two, DuplicateRules.Reasons(pair.One, pair.Two)))
            .Where(pair => pair.Reasons.Count > 0)
            .OrderByDescending(pair => pair.Reasons.Count).ThenBy(pair => pair.One.FamilyName, StringComparer.CurrentCultureIgnoreCase).ThenBy(pair => pair.One.Id)];
    }
}
