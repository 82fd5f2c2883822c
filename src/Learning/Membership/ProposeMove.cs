using System.Text.Json;

using Learning.Audit;
using Learning.Database;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>What a person says of where they work, as it was typed. <paramref name="Leaves"/> null: they work for the new agency as well.</summary>
/// <param name="LastDay">The last day at the old one; null: the day before the first at the new one.</param>
/// <param name="Main">Of several, the one that counts; one that takes the place of the main one is it anyway.</param>
public sealed record TypedMove(
    Guid? Leaves, Guid? Agency, string? JobTitle, string? Workforce, string? Level, DateOnly? StartsOn, DateOnly? LastDay, bool Main);

/// <summary>What came of proposing.</summary>
public abstract record ProposeOutcome
{
    /// <summary>The new agency has been asked, by this press or an earlier one.</summary>
    public sealed record Proposed(Guid Id) : ProposeOutcome;

    /// <summary>Nothing was proposed.</summary>
    public sealed record Refused(IReadOnlyList<MoveMistake> Mistakes) : ProposeOutcome;

    private ProposeOutcome()
    {
    }
}

/// <summary>
/// A person proposes that they have moved to an agency, or work for it as well (P1); its leads are told, or, where it has none, the business unit finds it in its queue. Saying the same again is
/// one proposal. Refused: <see cref="MoveRules"/>, answers that are missing or too long, a proposal for the same agency that says something else and still waits.
/// </summary>
public sealed class ProposeMove(LearningDb db, Zone zone)
{
    public async Task<ProposeOutcome> RunAsync(TypedMove typed, Actor actor, CancellationToken stop = default)
    {
        if (actor.PersonId is not { } person)
        {
            throw new InvalidOperationException("Somebody proposes where they work themselves.");
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var jobs = await PersonJobs.LockAsync(db, person, zone, stop) ?? throw new InvalidOperationException("Whoever asks is a person.");
        var mistakes = new List<MoveMistake>();
        if (await ReadAsync(typed, jobs, mistakes, stop) is not { } move)
        {
            return new ProposeOutcome.Refused(mistakes);
        }

        var waiting = await db.Moves.Where(other => other.PersonId == person && other.State == MoveState.Proposed).ToListAsync(stop);
        if (waiting.Find(other => other.AgencyId == move.AgencyId || (move.LeavesId is not null && other.LeavesId == move.LeavesId)) is { } standing)
        {
            return Same(standing, move) ? new ProposeOutcome.Proposed(standing.Id)
                : new ProposeOutcome.Refused([new(MoveField.Agency, "You have told us something else about this already, and it still waits. Withdraw that first")]);
        }

        db.Moves.Add(move);
        db.AuditEntries.Add(new AuditEntry
        {
            At = zone.Now, ActorId = person, Verb = "proposed a move", SubjectKind = "person", SubjectId = person, Details = JsonSerializer.Serialize(new { move = move.Id, agency = move.AgencyId }),
        });
        foreach (var lead in await LeadsToTell.OfAsync(db, move.AgencyId, person, zone.Today, stop))
        {
            Outbox.Add(db, zone.Now, new Outgoing { Kind = MoveLetters.Proposed, PersonId = lead, SubjectId = move.Id, Why = "Somebody says that they work for this lead's agency." });
        }

        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new ProposeOutcome.Proposed(move.Id);
    }

    private async Task<Move?> ReadAsync(TypedMove typed, PersonJobs jobs, List<MoveMistake> mistakes, CancellationToken stop)
    {
        void Wrong(MoveField field, string sentence) => mistakes.Add(new(field, sentence));

        var work = WorkDetails.Read(typed.JobTitle, typed.Workforce, typed.Level, "your", mistakes);
        var agency = typed.Agency is { } id ? await MoveAgencies.FindAsync(db, id, typed.StartsOn ?? zone.Today, stop) : null;
        if (agency is null)
        {
            Wrong(MoveField.Agency, "Choose the agency that you work for");
        }

        if (typed.StartsOn is not { } startsOn)
        {
            Wrong(MoveField.StartsOn, "Enter your first day there");
        }
        else
        {
            if (MoveRules.WhyNotStart(startsOn, jobs.RecordBegins, zone.Today) is { } early)
            {
                Wrong(MoveField.StartsOn, early);
            }

            if (agency is not null && MoveRules.WhyNotAgency(agency, startsOn, jobs.All) is { } why)
            {
                Wrong(MoveField.Agency, why);
            }
        }

        DateOnly? leavesOn = null;
        if (typed.Leaves is { } left && typed.StartsOn is { } first)
        {
            var leaves = await MoveAgencies.FindAsync(db, left, first, stop);
            var lastDay = typed.LastDay ?? first.AddDays(-1);
            // What is wrong with the first day is said already, and would be wrong here for the same reason.
            if (!mistakes.Exists(one => one.Field == MoveField.StartsOn)
                && (leaves is null ? new(MoveField.Leaves, "Choose the agency that you have left") : MoveRules.WhyNotLeave(leaves, lastDay, first, jobs.All)) is { } mistake)
            {
                mistakes.Add(mistake);
            }

            leavesOn = lastDay.AddDays(1);
        }

        return mistakes.Count > 0 ? null : new Move
        {
            Id = Guid.CreateVersion7(zone.Now), PersonId = jobs.PersonId, AgencyId = agency!.Id, LeavesId = typed.Leaves, LeavesOn = leavesOn, JobTitle = work!.JobTitle, Workforce = work.Workforce,
            Level = work.Level, StartsOn = typed.StartsOn!.Value, Main = typed.Leaves is null && typed.Main, ProposedAt = zone.Now, StateAt = zone.Now,
        };
    }

    private static bool Same(Move one, Move other) =>
        (one.AgencyId, one.LeavesId, one.LeavesOn, one.JobTitle, one.Workforce, one.Level, one.StartsOn, one.Main)
        == (other.AgencyId, other.LeavesId, other.LeavesOn, other.JobTitle, other.Workforce, other.Level, other.StartsOn, other.Main);
}
