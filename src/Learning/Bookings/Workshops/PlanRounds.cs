using Learning.Audit;
using Learning.Bookings.Desk;
using Learning.Catalogue;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings.Workshops;

/// <summary>
/// Plans the rounds of a conference (B14): each a time of the conference's day in which a delegate goes to one workshop. Refused: a round outside its conference, one that overlaps another, one that ends
/// before it starts; taking away a round that has workshops; a conference that has begun, and a workshop in place of a conference.
/// </summary>
public sealed class PlanRounds(LearningDb db, Zone zone)
{
    /// <param name="starts">As it was typed: "10:45", "10.45am".</param>
    public async Task<DeskOutcome> AddAsync(string reference, string? day, string? starts, string? ends, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await ConferenceDoor.OfOrganiserAsync(db, reference, actor, zone.Today, stop) is not { } door)
        {
            return new DeskOutcome.NotFound();
        }

        var mistakes = new List<DeskMistake>();
        var rounds = await db.ConferenceRounds.AsNoTracking().Where(round => round.ConferenceId == door.Conference.Id).ToListAsync(stop);
        if (Read(door.Conference, rounds, day, starts, ends, mistakes) is not var (from, to))
        {
            return new DeskOutcome.Refused(mistakes);
        }

        var now = zone.Now;
        var round = new ConferenceRound { Id = Guid.CreateVersion7(now), ConferenceId = door.Conference.Id, StartsLocal = from, EndsLocal = to };
        db.ConferenceRounds.Add(round);
        db.AuditEntries.Add(new AuditEntry { At = now, ActorId = actor.PersonId, Verb = "planned a round of a conference", SubjectKind = "session", SubjectId = door.Conference.Id });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new DeskOutcome.Done();
    }

    /// <summary>Twice is once.</summary>
    public async Task<DeskOutcome> RemoveAsync(string reference, Guid round, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await ConferenceDoor.OfOrganiserAsync(db, reference, actor, zone.Today, stop) is not { } door)
        {
            return new DeskOutcome.NotFound();
        }

        if (door.Workshops.Any(workshop => workshop.RoundId == round))
        {
            return DeskOutcome.Because(DeskField.Version, "This round has workshops. Cancel them instead: whoever is in one is told");
        }

        await db.ConferenceRounds.Where(one => one.Id == round && one.ConferenceId == door.Conference.Id).ExecuteDeleteAsync(stop);
        db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = "took away a round of a conference", SubjectKind = "session", SubjectId = door.Conference.Id });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new DeskOutcome.Done();
    }

    private (DateTime From, DateTime To)? Read(Session conference, List<ConferenceRound> rounds, string? day, string? typedStarts, string? typedEnds, List<DeskMistake> mistakes)
    {
        var first = zone.DateOf(conference.StartsAt);
        var (date, starts, ends) = (string.IsNullOrWhiteSpace(day) ? first : PlanText.Day(day), PlanText.Time(typedStarts), PlanText.Time(typedEnds));
        if (DeskRules.WhyNotChange(conference, zone.Now) is { } why)
        {
            mistakes.Add(new(DeskField.Version, why));
        }

        if (date is null)
        {
            mistakes.Add(new(DeskField.Day, "Enter its date, such as 31/12/2026"));
        }

        if (starts is null)
        {
            mistakes.Add(new(DeskField.Starts, "Enter when it starts, such as 10:45am"));
        }

        if (ends is null)
        {
            mistakes.Add(new(DeskField.Ends, "Enter when it ends, such as 11:45am"));
        }

        if (mistakes.Count > 0)
        {
            return null;
        }

        var (from, to) = (date!.Value.ToDateTime(starts!.Value), date.Value.ToDateTime(ends!.Value));
        if (to <= from)
        {
            mistakes.Add(new(DeskField.Ends, "A round ends after it starts"));
        }
        else if (zone.InstantOf(from) < conference.StartsAt || zone.InstantOf(to) > conference.EndsAt)
        {
            mistakes.Add(new(DeskField.Starts, $"It lies outside its conference, which is {British.When(zone.LocalOf(conference.StartsAt), zone.LocalOf(conference.EndsAt))}"));
        }
        else if (rounds.Find(round => round.StartsLocal < to && from < round.EndsLocal) is { } other)
        {
            mistakes.Add(new(DeskField.Starts, $"It overlaps the round {British.Times(TimeOnly.FromDateTime(other.StartsLocal), TimeOnly.FromDateTime(other.EndsLocal))}: nobody can be in both"));
        }

        return mistakes.Count > 0 ? null : (from, to);
    }
}
