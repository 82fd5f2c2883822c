using Learning.Database;
using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>An invitation that nobody has taken up.</summary>
public sealed record OpenInvitation(Guid Id, string Email, string? Name, string Agency, DateTimeOffset SentAt, DateTimeOffset EndsAt, long Total);

/// <summary>The open invitations of somebody's agencies, the newest first, a page at a time: one statement. The business unit sees all (S2).</summary>
public sealed class OpenInvitations(LearningDb db)
{
    /// <summary>Lines on a page.</summary>
    public const int Size = 50;

    public async Task<IReadOnlyList<OpenInvitation>> FindAsync(string? words, int page, Actor actor, CancellationToken stop = default)
    {
        string[] parts = [.. (words ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Like.Holding)];
        var (all, led) = (actor.IsUnit, actor.LeadOf.ToArray());
        return await db.Database.SqlQuery<OpenInvitation>($"""
            select i.id as "Id", i.email as "Email", nullif(btrim(concat_ws(' ', i.given_name, i.family_name)), '') as "Name", a.name as "Agency", i.sent_at as "SentAt", i.ends_at as "EndsAt", count(*) over () as "Total"
            from invitations i join agencies a on a.id = i.agency_id
            where i.accepted_at is null and i.withdrawn_at is null and ({all} or i.agency_id = any ({led}))
                and not exists (select from unnest({parts}) part where concat_ws(' ', i.given_name, i.family_name, i.email) not ilike part)
            order by i.invited_at desc, i.email
            limit {Size} offset {(page - 1) * Size}
            """).ToListAsync(stop);
    }
}
