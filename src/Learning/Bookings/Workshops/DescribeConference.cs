using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings.Workshops;

/// <summary>What an organiser says of the day, as it was typed.</summary>
public sealed record TypedConference(string? GettingThere, string? Bring, string? Materials);

/// <summary>Keeps what an organiser says of the day: how to get there and in, what to bring, and where the materials are. Refused: a text that is too long.</summary>
public sealed class DescribeConference(LearningDb db, Zone zone)
{
    /// <summary>Characters of a text.</summary>
    public const int Longest = 4000;

    public async Task<DeskOutcome> RunAsync(string reference, TypedConference typed, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await OrganisedSession.LockAsync(db, reference, actor, zone.Today, stop) is not { ParentId: null } session)
        {
            return new DeskOutcome.NotFound();
        }

        var mistakes = new List<DeskMistake>();
        string? Read(DeskField field, string? text)
        {
            var kept = string.IsNullOrWhiteSpace(text) ? null : text.Replace("\0", "", StringComparison.Ordinal).Trim();
            if (kept?.Length > Longest)
            {
                mistakes.Add(new(field, $"Write this in {British.Number(Longest)} characters or fewer"));
            }

            return kept;
        }

        var (there, bring, materials) = (Read(DeskField.Venue, typed.GettingThere), Read(DeskField.Message, typed.Bring), Read(DeskField.JoinLink, typed.Materials));
        if (mistakes.Count > 0)
        {
            return new DeskOutcome.Refused(mistakes);
        }

        var text = await db.ConferenceTexts.SingleOrDefaultAsync(one => one.ConferenceId == session.Id, stop);
        if (text is null)
        {
            db.ConferenceTexts.Add(text = new ConferenceText { ConferenceId = session.Id });
        }

        (text.GettingThere, text.Bring, text.Materials) = (there, bring, materials);
        db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = "described a conference", SubjectKind = "session", SubjectId = session.Id });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new DeskOutcome.Done();
    }
}
