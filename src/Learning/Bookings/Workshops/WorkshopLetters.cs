using System.Globalization;

using Learning.Catalogue;
using Learning.Messages;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings.Workshops;

/// <summary>
/// The letters about a conference that is booked: the workshops that were given out or changed, and how to come, a week and a day before (M4), in place of the ordinary reminders. Each says what is true when
/// it is sent, and is dropped where the place is gone or the conference has moved (M3). The calendar entry of the conference lists the workshops.
/// </summary>
internal static class WorkshopLetters
{
    internal static readonly MessageKind[] Kinds =
    [
        new("workshops-given", (db, message, zone, stop) => ReadAsync(db, message, zone, null, stop)),
        new("workshops-changed", (db, message, zone, stop) => ReadAsync(db, message, zone, null, stop)),
        new("conference-ahead-7", (db, message, zone, stop) => ReadAsync(db, message, zone, days => days < 2 ? "too late for a reminder a week ahead" : null, stop), Choice: MessageChoice.WeekAhead),
        new("conference-ahead-1", (db, message, zone, stop) => ReadAsync(db, message, zone, days => days < 1 ? "too late for a reminder the day before" : null, stop), Choice: MessageChoice.DayAhead),
    ];

    private static async Task<Reading> ReadAsync(LearningDb db, Message message, Zone zone, Func<int, string?>? late, CancellationToken stop)
    {
        var booking = await db.Bookings.AsNoTracking().SingleAsync(booking => booking.Id == message.SubjectId, stop);
        var session = await SessionLetter.ReadAsync(db, booking.SessionId, stop);
        var (first, days) = (session.Parts[0].StartsLocal, DateOnly.FromDateTime(session.Parts[0].StartsLocal).DayNumber - zone.Today.DayNumber);
        if (!session.IsAhead(zone.Now))
        {
            return new Reading.Drop(session.WhyNotAhead);
        }

        if (booking.State != BookingState.Confirmed)
        {
            return new Reading.Drop($"the booking is {booking.State.ToString().ToLowerInvariant()} now");
        }

        // The occurrence of a reminder says the start that it is one of.
        if (late is not null && (late(days) ?? (message.Occurrence.StartsWith(first.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture), StringComparison.Ordinal) ? null : "the session has moved")) is { } why)
        {
            return new Reading.Drop(why);
        }

        var mine = await MyWorkshops.OfAsync(db, booking.Id, stop);
        var text = await db.ConferenceTexts.AsNoTracking().SingleOrDefaultAsync(one => one.ConferenceId == session.Session.Id, stop);
        var told = mine.Exists(round => round.Told) ? mine : [];
        var values = session.Values();
        values["booking"] = booking.Id;
        values["ahead"] = days == 7 ? "In a week" : $"In {British.Count(days, "day")}";
        values["workshops"] = told.ConvertAll(round => new Dictionary<string, object?> { ["when"] = round.Times, ["title"] = round.Title ?? "No workshop", ["room"] = round.Room, ["why"] = round.Why });
        (values["there"], values["bring"]) = (ConferenceText.Lines(text?.GettingThere), ConferenceText.Lines(text?.Bring));
        (values["answer"], values["giveUpBy"]) = (new Sealed(ByMail.Place, booking.Id), LateRules.Say(session.Session, booking.BookedAt, zone));
        var entry = session.Entry(booking.Id);
        var list = string.Join('\n', told.Where(round => round.Title is not null).Select(round => $"{round.Times}: {round.Title}{(round.Room is null ? "" : $", {round.Room}")}"));
        return await EntryAgain.RaiseAsync(db, booking, session, new Reading.Send(values, entry with { Description = list.Length == 0 ? entry.Description : $"{entry.Description}{(entry.Description is null ? "" : "\n")}{list}" }), stop);
    }
}
