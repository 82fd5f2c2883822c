using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>The agency that an address's domain leads to, and the departments of it that there are to choose among; without departments only itself.</summary>
public sealed record Proposal(AgencyPlace Agency, IReadOnlyList<AgencyPlace> Parts);

/// <summary>
/// Which agency is proposed to an address (P4): the one that has invited it; else the one whose domain it is, or the nearest that it lies below; where that agency was merged or renamed, who stands
/// for it today. In three statements.
/// </summary>
public sealed class ProposedAgency(LearningDb db, MailDomains domains)
{
    /// <summary>Null where the domain says nothing.</summary>
    public async Task<Proposal?> ToAsync(string email, DateTimeOffset now, DateOnly today, CancellationToken stop = default)
    {
        // An agency that has invited them knows better than their domain does.
        var normal = PersonEmail.Normal(email);
        var invited = await db.Invitations.Where(row => row.Email == normal && row.AcceptedAt == null && row.WithdrawnAt == null && row.EndsAt > now)
            .OrderByDescending(row => row.SentAt).Select(row => (Guid?)row.AgencyId).FirstOrDefaultAsync(stop);
        if (invited is { } by && await AgencyTree.BelowAsync(db, [by], today, stop: stop) is [var place, ..])
        {
            return new Proposal(place, [place]);
        }

        var candidates = domains.Candidates(email).ToArray();
        var found = await db.Database.SqlQuery<Guid>($"""
            select agency_on(d.agency_id, {today}) as "Value"
            from unnest({candidates}) with ordinality as c (domain, place) join agency_domains d on d.domain = c.domain order by c.place limit 1
            """).ToListAsync(stop);
        if (found is not [var agency])
        {
            return null;
        }

        var parts = await AgencyTree.BelowAsync(db, [agency], today, stop: stop);
        return parts is [var first, ..] ? new Proposal(first, parts) : null;
    }
}
