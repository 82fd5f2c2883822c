using Learning.Messages;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Catalogue;

/// <summary>A session as letters speak of it and calendars show it, read as it stands when the letter is written.</summary>
public sealed record SessionLetter(Session Session, string Course, IReadOnlyList<SessionPart> Parts)
{
    /// <summary>Reads a session that exists.</summary>
    public static Task<SessionLetter> ReadAsync(LearningDb db, Guid id, CancellationToken stop) => LetterMemory.OfAsync(db, (nameof(SessionLetter), id), () => AsItStandsAsync(db, id, stop));

    private static async Task<SessionLetter> AsItStandsAsync(LearningDb db, Guid id, CancellationToken stop)
    {
        var session = await db.Sessions.AsNoTracking().Include(session => session.Course).SingleAsync(session => session.Id == id, stop);
        var parts = await db.SessionParts.AsNoTracking().Where(part => part.SessionId == id).OrderBy(part => part.Number).ToListAsync(stop);
        return new SessionLetter(session, Called(session, parts), parts);
    }

    /// <summary>Whether it takes place and its first part is still to come.</summary>
    public bool IsAhead(DateTimeOffset now) => Session.Status == SessionStatus.Planned && now < Session.StartsAt;

    /// <summary>Why a letter about something ahead is not sent any more.</summary>
    public string WhyNotAhead => Session.Status == SessionStatus.Cancelled ? "the session is cancelled" : "the session has begun";

    /// <summary>What templates name: course, ref, date, time, when (a line for each part), place and joinLink (null where there is none).</summary>
    public Dictionary<string, object?> Values()
    {
        var first = Parts[0];
        return new Dictionary<string, object?>
        {
            ["course"] = Course,
            ["ref"] = Session.Ref,
            ["date"] = British.Date(DateOnly.FromDateTime(first.StartsLocal)),
            ["time"] = British.Time(TimeOnly.FromDateTime(first.StartsLocal)),
            ["when"] = Parts.Select(part => string.IsNullOrWhiteSpace(part.Title) || Parts.Count == 1 ? When(part) : $"{part.Title}: {When(part)}").ToList(),
            ["place"] = Session.Mode == SessionMode.Virtual ? null : Session.Venue,
            ["joinLink"] = JoinLink,
        };
    }

    /// <summary>The entry for a booking's holder.</summary>
    public CalendarEntry Entry(Guid booking, bool cancelled = false) => new()
    {
        Id = booking,
        // RFC 5546: taking out is a newer word than the newest that put in.
        Sequence = Session.Sequence + (cancelled ? 1 : 0),
        Title = Course,
        Place = Session.Mode == SessionMode.Virtual ? "Online" : Session.Venue,
        // Whoever has no place any more is told how to join no more.
        Description = JoinLink is null || cancelled ? null : $"Join online: {JoinLink}",
        Link = cancelled ? null : JoinLink,
        Parts = [.. Parts.Select(part => new CalendarTimes(Parts.Count == 1 ? null : part.Title, part.StartsLocal, part.EndsLocal))],
        Cancelled = cancelled,
    };

    /// <summary>The entry of a session that anybody may know of: without how to join.</summary>
    public CalendarEntry PublicEntry() => Entry(Session.Id) with { Description = null, Link = null, Cancelled = Session.Status == SessionStatus.Cancelled };

    /// <summary>Several sessions that exist, in the order of time. Two statements.</summary>
    public static async Task<IReadOnlyList<SessionLetter>> ReadAsync(LearningDb db, IReadOnlyCollection<Guid> ids, CancellationToken stop)
    {
        var sessions = await db.Sessions.AsNoTracking().Include(session => session.Course).Where(session => ids.Contains(session.Id)).OrderBy(session => session.StartsAt).ThenBy(session => session.Ref).ToListAsync(stop);
        var parts = (await db.SessionParts.AsNoTracking().Where(part => ids.Contains(part.SessionId)).OrderBy(part => part.Number).ToListAsync(stop)).ToLookup(part => part.SessionId);
        return [.. sessions.Where(session => parts.Contains(session.Id)).Select(session => new SessionLetter(session, Called(session, [.. parts[session.Id]]), [.. parts[session.Id]]))];
    }

    // A workshop has a title of its own.
    private static string Called(Session session, List<SessionPart> parts) => session.ParentId is not null && parts.Count == 1 && !string.IsNullOrWhiteSpace(parts[0].Title) ? parts[0].Title! : session.Course!.Title;

    private string? JoinLink => Uri.TryCreate(Session.JoinLink, UriKind.Absolute, out var link) && link.Scheme is ("https" or "http") ? link.AbsoluteUri : null;

    private static string When(SessionPart part) => British.When(part.StartsLocal, part.EndsLocal);
}
