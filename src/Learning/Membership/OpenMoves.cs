using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>A move as whoever decides sees it.</summary>
/// <param name="Person">Their name.</param>
/// <param name="Email">Where messages go to them.</param>
/// <param name="HasLead">Whether the agency has a lead, besides the person, who can decide.</param>
/// <param name="DecidedBy">The name of who did.</param>
public sealed record MoveSeen(Move Move, string Person, string? Email, string Agency, string? Left, bool HasLead, string? DecidedBy);

/// <summary>
/// Moves for whoever decides: an agency's lead those to their agencies, the business unit all (S2); nobody their own. What a person proposes they show to the new agency, which does not see them
/// otherwise before they belong to it.
/// </summary>
public sealed class OpenMoves(LearningDb db, Zone zone)
{
    /// <summary>The longest list of what is decided already.</summary>
    public const int Recent = 20;

    /// <summary>What waits: to the agencies that the actor leads, or, for the whole partnership, to all, those first that nobody else can decide; then the longest waiting.</summary>
    public async Task<IReadOnlyList<MoveSeen>> WaitingAsync(Actor actor, bool everywhere, CancellationToken stop = default)
    {
        var moves = await ReadAsync(Of(actor, everywhere).Where(move => move.State == MoveState.Proposed).OrderBy(move => move.ProposedAt), stop);
        return everywhere ? [.. moves.OrderBy(move => move.HasLead)] : moves;
    }

    /// <summary>What was decided last.</summary>
    public Task<List<MoveSeen>> DecidedAsync(Actor actor, bool everywhere, CancellationToken stop = default) => ReadAsync(
        Of(actor, everywhere).Where(move => move.State == MoveState.Confirmed || move.State == MoveState.Declined).OrderByDescending(move => move.StateAt).Take(Recent), stop);

    /// <summary>One; null where there is none, or it is not the actor's to decide.</summary>
    public async Task<MoveSeen?> FindAsync(Guid id, Actor actor, CancellationToken stop = default) =>
        (await ReadAsync(Of(actor, everywhere: actor.IsUnit).Where(move => move.Id == id), stop)).SingleOrDefault();

    private IQueryable<Move> Of(Actor actor, bool everywhere)
    {
        var (self, led) = (actor.PersonId, actor.LeadOf.ToArray());
        return everywhere
            ? db.Moves.Where(move => actor.IsUnit && move.PersonId != self)
            : db.Moves.Where(move => led.Contains(move.AgencyId) && move.PersonId != self);
    }

    private async Task<List<MoveSeen>> ReadAsync(IQueryable<Move> moves, CancellationToken stop)
    {
        var rows = await moves.Select(move => new
        {
            Move = move,
            Person = db.Persons.Single(person => person.Id == move.PersonId),
            Email = db.PersonEmails.Where(email => email.PersonId == move.PersonId && email.Main).Select(email => email.Email).FirstOrDefault(),
            Agency = db.Agencies.Where(agency => agency.Id == move.AgencyId).Select(agency => agency.Name).Single(),
            Left = db.Agencies.Where(agency => agency.Id == move.LeavesId).Select(agency => agency.Name).FirstOrDefault(),
            By = db.Persons.FirstOrDefault(person => person.Id == move.StateBy),
        }).AsNoTracking().ToListAsync(stop);
        var withLead = (await LeadsToTell.CanDecideAsync(db, [.. rows.Select(row => row.Move.Id)], zone.Today, stop)).ToHashSet();
        return rows.ConvertAll(row => new MoveSeen(row.Move, row.Person.Name, row.Email, row.Agency, row.Left, withLead.Contains(row.Move.Id), row.By?.Name));
    }
}
