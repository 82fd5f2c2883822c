using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>An invitation as its page shows it, and what is known of whoever has the address.</summary>
/// <param name="Holder">Who is on file with the address, or for whom the invitation is.</param>
/// <param name="Name">Their name; null: the page asks for it.</param>
/// <param name="Here">They work for the agency, or another part of it, today.</param>
public sealed record InvitationSeen(Invitation Invitation, string Agency, Guid? Holder, string? GivenName, string? FamilyName, bool HasAccount, bool Here)
{
    /// <summary>Whether it is somebody on file, whose name stays as it is.</summary>
    public bool IsKnown => GivenName is not null;

    private sealed record Who(Guid? Holder, string? GivenName, string? FamilyName, bool HasAccount, bool Here);

    /// <summary>Null where there is none of this link; whether it is still good is for the reader to ask.</summary>
    public static async Task<InvitationSeen?> OfAsync(LearningDb db, byte[] linkHash, DateOnly today, CancellationToken stop = default)
    {
        var invitation = await db.Invitations.AsNoTracking().SingleOrDefaultAsync(row => row.LinkHash == linkHash, stop);
        if (invitation is null)
        {
            return null;
        }

        var whole = await AgencyTree.WholeAsync(db, invitation.AgencyId, stop);
        var who = await db.Database.SqlQuery<Who>($"""
            select h.id as "Holder", p.given_name as "GivenName", p.family_name as "FamilyName", exists (select from accounts a where a.person_id = p.id) as "HasAccount",
                exists (select from employments j where j.person_id = p.id and j.agency_id = any ({whole}) and j.starts_on <= {today} and (j.ends_on is null or {today} < j.ends_on)) as "Here"
            from (select (select counted_as(person_id) from person_emails where email = {invitation.Email}) as id) h left join persons p on p.id = coalesce(h.id, {invitation.PersonId})
            """).SingleAsync(stop);
        return new InvitationSeen(invitation, await db.Agencies.Where(agency => agency.Id == invitation.AgencyId).Select(agency => agency.Name).SingleAsync(stop), who.Holder, who.GivenName, who.FamilyName, who.HasAccount, who.Here);
    }
}
