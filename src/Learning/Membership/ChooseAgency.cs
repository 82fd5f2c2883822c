using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>What came of saying where one works.</summary>
public abstract record ChooseOutcome
{
    /// <summary>They belong to the agency from today.</summary>
    public sealed record Placed(string Agency) : ChooseOutcome;

    /// <summary>The business unit was asked.</summary>
    public sealed record Waiting : ChooseOutcome;

    /// <summary>Nothing was chosen, or what the address does not lead to.</summary>
    public sealed record NotOffered : ChooseOutcome;

    /// <summary>Longer than a line, or not text.</summary>
    public sealed record Unreadable : ChooseOutcome;

    /// <summary>Nobody asks this person: they are placed.</summary>
    public sealed record NotAsked : ChooseOutcome;

    private ChooseOutcome()
    {
    }
}

/// <summary>
/// Somebody who has just joined confirms the agency that their address proposes, or which department of it, or says that it is another: then the business unit places them (P4).
/// An agency that the address does not lead to is not to be had here, whatever is sent.
/// </summary>
public sealed class ChooseAgency(LearningDb db, ProposedAgency proposed, Zone zone)
{
    /// <summary>The agency; null is another one, which <paramref name="says"/> may name.</summary>
    public async Task<ChooseOutcome> RunAsync(Guid? agency, string? says, Actor actor, CancellationToken stop = default)
    {
        says = JoiningRules.Said(says);
        if (says is not null && !JoiningRules.IsLine(says, JoiningRules.LongestSaying))
        {
            return new ChooseOutcome.Unreadable();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var signUp = (await db.SignUps.FromSql($"select * from sign_ups where person_id = {actor.PersonId} for update").ToListAsync(stop)).SingleOrDefault();
        if (signUp is null || await IsPlacedAsync(db, actor.PersonId!.Value, zone.Today, stop))
        {
            return new ChooseOutcome.NotAsked();
        }

        ChooseOutcome outcome;
        if (agency is null)
        {
            signUp.Wait(says, zone.Now);
            outcome = new ChooseOutcome.Waiting();
        }
        else if ((await proposed.ToAsync(signUp.Email, zone.Now, zone.Today, stop))?.Parts.FirstOrDefault(part => part.Id == agency) is { } part)
        {
            await Placing.TakeUpAsync(db, signUp, part.Id, zone.Now, stop);
            await Placing.PlaceAsync(db, signUp, part.Id, actor, zone, stop);
            outcome = new ChooseOutcome.Placed(part.Name);
        }
        else
        {
            return new ChooseOutcome.NotOffered();
        }

        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return outcome;
    }

    /// <summary>Whether the person works anywhere on a day.</summary>
    internal static Task<bool> IsPlacedAsync(LearningDb db, Guid person, DateOnly today, CancellationToken stop) =>
        db.Employments.AnyAsync(job => job.PersonId == person && job.StartsOn <= today && (job.EndsOn == null || today < job.EndsOn), stop);
}
