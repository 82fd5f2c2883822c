using System.Globalization;

using Learning.Attendance;
using Learning.Bookings;
using Learning.Catalogue;
using Learning.Messages;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Reminders;

/// <summary>The kinds of reminder, read just before each is sent (rule M3): none goes out for a place given up, a session moved or a register signed meanwhile.</summary>
internal static class ReminderLetters
{
    internal static readonly MessageKind[] Kinds =
    [
        BookingLetters.AboutAPlaceHeld("session-reminder-7", (message, session, zone) => Moved(message, session)
            ?? (zone.Today > FirstDay(session).AddDays(-2) ? "too late for a reminder a week ahead" : null),
            (_, session, zone) => new Dictionary<string, object?> { ["ahead"] = Ahead(FirstDay(session).DayNumber - zone.Today.DayNumber) }, choice: MessageChoice.WeekAhead),
        BookingLetters.AboutAPlaceHeld("session-reminder-1", (message, session, zone) => Moved(message, session)
            ?? (zone.Today >= FirstDay(session) ? "too late for a reminder the day before" : null), choice: MessageChoice.DayAhead),
        BookingLetters.AboutAPlaceHeld("session-joining", WhyNotJoining, Joining, begunToo: true),
        new("register-unsigned", UnsignedAsync),
    ];

    // Sent late, after the program was off, it says how far ahead the session is by then.
    private static string Ahead(int days) => days == 7 ? "In a week" : $"In {British.Count(days, "day")}";

    private static SessionPart? PartOf(Message message, SessionLetter session) => session.Parts.OrderBy(part => part.StartsLocal)
        .FirstOrDefault(part => message.Occurrence.StartsWith(part.StartsLocal.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture), StringComparison.Ordinal));

    private static string? WhyNotJoining(Message message, SessionLetter session, Zone zone) => PartOf(message, session) is not { } part ? "the session has moved"
        : session.Session.Mode == SessionMode.InPerson ? "the session is not online any more"
        : session.Values()["joinLink"] is null ? "nobody has given the session a link to join by"
        : part.StartsAt <= zone.Now ? "it has begun"
        : null;

    // Today's parts, of a session of several days.
    private static Dictionary<string, object?> Joining(Message message, SessionLetter session, Zone zone)
    {
        var today = session.Parts.Where(part => DateOnly.FromDateTime(part.StartsLocal) == zone.Today).OrderBy(part => part.StartsLocal).ToList();
        return new() { ["when"] = (session with { Parts = today }).Values()["when"], ["time"] = British.Time(TimeOnly.FromDateTime(PartOf(message, session)!.StartsLocal)) };
    }

    private static DateOnly FirstDay(SessionLetter session) => DateOnly.FromDateTime(session.Parts[0].StartsLocal);

    // The occurrence says the start that it is a reminder of; a session that moved is reminded of anew.
    private static string? Moved(Message message, SessionLetter session) =>
        message.Occurrence.StartsWith(session.Parts.Min(part => part.StartsLocal).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture), StringComparison.Ordinal) ? null : "the session has moved";

    private static async Task<Reading> UnsignedAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        var session = await SessionLetter.ReadAsync(db, message.SubjectId, stop);
        var newest = await db.RegisterEvents.Where(one => one.SessionId == session.Session.Id)
            .OrderByDescending(one => one.RecordedAt).ThenByDescending(one => one.Id).Select(one => (RegisterEventKind?)one.Event).FirstOrDefaultAsync(stop);
        var gives = await db.SessionTrainers.AnyAsync(trainer => trainer.SessionId == session.Session.Id && trainer.PersonId == message.PersonId, stop);
        return newest == RegisterEventKind.Signed ? new Reading.Drop("the register is signed")
            : session.Session.Status == SessionStatus.Cancelled ? new Reading.Drop("the session is cancelled")
            : session.Session.EndsAt > zone.Now ? new Reading.Drop("the session has moved")
            : !gives ? new Reading.Drop("the person does not give the session any more")
            : new Reading.Send(session.Values());
    }
}
