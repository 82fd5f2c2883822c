using Learning.Database;
using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>Who decides about somebody who has lost their second step: by which role, and of an agency's leads which.</summary>
/// <param name="By">Agency lead, business unit or administrator.</param>
/// <param name="Leads">The leads who may; empty for the other roles.</param>
/// <param name="ToTell">Those to write to: the nearest leads, or all who hold the role, without the person.</param>
internal sealed record RecoveryDeciders(Role By, IReadOnlyList<Guid> Leads, IReadOnlyList<Guid> ToTell)
{
    /// <summary>Whether somebody is one of them.</summary>
    public bool Include(Actor actor, Guid person) => RecoveryRules.MayDecide(actor, person, By, actor.PersonId is { } me && Leads.Contains(me));

    public static async Task<RecoveryDeciders> OfAsync(LearningDb db, Guid person, DateOnly today, CancellationToken stop)
    {
        var by = Words.Parse<Role>((await db.Database.SqlQuery<string>($"""select who_lets_in({person}, {today}) as "Value" """).ToListAsync(stop)).Single());
        if (by == Role.AgencyLead)
        {
            var leads = await db.Database.SqlQuery<Lead>($"""select lead_id as "Id", step as "Step" from leads_of({person}, {today}) order by step, lead_id""").ToListAsync(stop);
            return new RecoveryDeciders(by, leads.ConvertAll(lead => lead.Id), [.. leads.Where(lead => lead.Step == leads[0].Step).Select(lead => lead.Id)]);
        }

        return new RecoveryDeciders(by, [], await db.RoleGrants.HeldOn(today).Where(grant => grant.Role == by && grant.PersonId != person).Select(grant => grant.PersonId).Distinct().ToListAsync(stop));
    }

    private sealed record Lead(Guid Id, int Step);
}
