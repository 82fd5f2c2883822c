using Learning.Catalogue;
using Learning.Database;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings.Desk;

/// <summary>Whether a session may move as it was typed: the same answer for the page that shows what would happen and for the verb.</summary>
internal static class MoveRules
{
    /// <summary>When and where it is to be; null, and a mistake more, where it cannot.</summary>
    public static async Task<PlannedTimes?> ReadAsync(LearningDb db, Session session, IReadOnlyList<SessionPart> parts, TypedTimes typed, Zone zone, List<DeskMistake> mistakes, CancellationToken stop = default)
    {
        if (PlanRules.Times(typed, zone, mistakes, As(session, parts, zone).Closes) is not { } times)
        {
            return null;
        }

        var parent = session.ParentId is { } id ? await db.Sessions.AsNoTracking().SingleAsync(one => one.Id == id, stop) : null;
        var gone = parts.Skip(times.Parts.Count).Select(part => part.Id).ToArray();
        if (parent is not null && times.Parts.Index().FirstOrDefault(part => zone.InstantOf(part.Item.Starts) < parent.StartsAt || zone.InstantOf(part.Item.Ends) > parent.EndsAt) is { Item: not null } outside)
        {
            mistakes.Add(new(DeskField.Day, $"It lies outside its conference, which is {British.When(zone.LocalOf(parent.StartsAt), zone.LocalOf(parent.EndsAt))}", outside.Index));
        }
        else if (session.RoundId is { } roundId && await db.ConferenceRounds.AsNoTracking().SingleAsync(one => one.Id == roundId, stop) is { } round
            && times.Parts.Index().FirstOrDefault(part => part.Item.Starts < round.StartsLocal || part.Item.Ends > round.EndsLocal) is { Item: not null } beyond)
        {
            mistakes.Add(new(DeskField.Day, $"It lies outside its round, which is {British.When(round.StartsLocal, round.EndsLocal)}", beyond.Index));
        }
        else if (gone.Length > 0 && await db.Database.SqlQuery<bool>($"""select exists (select from marks where part_id = any({gone})) as "Value" """).SingleAsync(stop))
        {
            mistakes.Add(new(DeskField.Day, "A day that is to go has marks in the register already. Keep as many days", times.Parts.Count - 1));
        }
        else if (Same(As(session, parts, zone), times))
        {
            mistakes.Add(new(DeskField.Version, "Nothing is different from what it is now"));
        }

        return mistakes.Count > 0 ? null : times;
    }

    /// <summary>When and where it is now.</summary>
    public static PlannedTimes As(Session session, IReadOnlyList<SessionPart> parts, Zone zone) => new(
        [.. parts.Select(part => new PlannedPart(part.StartsLocal, part.EndsLocal, part.Title))], session.Mode, session.Venue, session.JoinLink,
        session.BookingClosesAt < session.StartsAt ? zone.DateOf(session.BookingClosesAt) : null);

    // A day that booking closes at another hour than is typed here is the same day.
    private static bool Same(PlannedTimes now, PlannedTimes then) =>
        now.Parts.Select(part => (part.Starts, part.Ends)).SequenceEqual(then.Parts.Select(part => (part.Starts, part.Ends))) && (now.Mode, now.Venue, now.JoinLink, now.Closes) == (then.Mode, then.Venue, then.JoinLink, then.Closes);
}
