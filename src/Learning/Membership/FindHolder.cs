using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>Somebody who may be given a role: what tells them from others of the same name, no more.</summary>
public sealed record Candidate(Guid Id, string Name, string? JobTitle, string? Agency)
{
    /// <summary>"Social worker, Southend-on-Sea City Council".</summary>
    public string About => (JobTitle, Agency) switch
    {
        (_, null) => "Agency not known",
        (null, _) => Agency,
        _ => $"{JobTitle}, {Agency}",
    };
}

/// <summary>
/// Finds the person to give a role to, by their whole address or by their name (at least three letters; every word begins a word of it); at most 20. For administrators and the business
/// unit everybody, though an administrator sees no record (S2): a role is given to a person. For a lead the people of their own agencies.
/// </summary>
public sealed class FindHolder(LearningDb db, Zone zone)
{
    public const int FewestLetters = 3;

    public const int Most = 20;

    /// <summary>Why nobody is found: what was typed is too short, or is nobody's.</summary>
    public static string WhyNobody(string asked) => Letters(asked) < FewestLetters
        ? $"Type at least {FewestLetters} letters of their name, or their whole e-mail address."
        : $"Nobody whom you may choose has the address or a name like “{asked.Trim()}”.";

    private static int Letters(string? asked) => (asked ?? "").Count(one => !char.IsWhiteSpace(one));

    public async Task<IReadOnlyList<Candidate>> AskAsync(string? asked, Actor actor, CancellationToken stop = default)
    {
        var words = (asked ?? "").Replace("\0", "", StringComparison.Ordinal).ToLower(British.Culture).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var email = words is [var one] && one.Contains('@', StringComparison.Ordinal) ? PersonEmail.Normal(one) : null;
        if (Letters(asked) is < FewestLetters or > 200 || !(actor.IsAdministrator || actor.IsUnit || actor.LeadOf.Count > 0))
        {
            return [];
        }

        var (all, led, self) = (actor.IsAdministrator || actor.IsUnit, actor.LeadOf.ToArray(), actor.PersonId);
        string[] patterns = [.. words.Select(word => $"% {word.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_")}%")];
        return await db.Database.SqlQuery<Candidate>($"""
            select p.id as "Id", btrim(p.given_name || ' ' || p.family_name) as "Name", e.job_title as "JobTitle", a.name as "Agency"
            from persons p left join employments e on e.id = employment_on(p.id, {zone.Today}) left join agencies a on a.id = e.agency_id
            where p.erased_at is null
                and case when {email}::text is null then ' ' || p.given_name || ' ' || p.family_name ilike all ({patterns}) else exists (select from person_emails m where m.person_id = p.id and m.email = {email}) end
                and ({all} or (p.id <> {self} and exists (select from employments j where j.person_id = p.id and j.agency_id = any ({led}) and j.starts_on <= {zone.Today} and (j.ends_on is null or {zone.Today} < j.ends_on))))
                and not exists (select from person_merges m where m.person_id = p.id and m.into_id is not null and not exists (select from person_merges newer where newer.person_id = p.id and newer.id > m.id))
            order by p.family_name, p.given_name, p.id limit {Most}
            """).ToListAsync(stop);
    }
}
