using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Messages;

/// <summary>A letter about a session to a person: sent, due, or not sent, and why. <paramref name="Id"/> is null where there is no message (yet).</summary>
public sealed record ExplainedMessage(Guid? Id, string Kind, DateTimeOffset? At, string State, string Why);

/// <summary>Everything about one person and one session.</summary>
public sealed record Explained(string Person, string Session, string Course, string Booking, IReadOnlyList<ExplainedMessage> Messages);

/// <summary>A person and a session that are asked about, and the kinds of message that there are already.</summary>
public sealed record AskedAbout(LearningDb Db, Guid PersonId, Guid SessionId, IReadOnlySet<string> There);

/// <summary>What an area knows of letters about a session that there are none of (yet), and why.</summary>
public delegate Task<IReadOnlyList<ExplainedMessage>> WhyNone(AskedAbout about, CancellationToken stop);

/// <summary>
/// Why somebody got a letter about a session, or did not, or when they will (M2 to M5): every message that there is, with what the mail server said, and for the reminders and evaluations that there are none of, the reason by
/// the rules that queue them. Only for the business unit; looking is on the trail (S3). Null where there is no such person or session.
/// </summary>
public sealed class ExplainMessages(LearningDb db, MailSetting mail, Zone zone, IEnumerable<WhyNone> areas)
{
    private sealed record Found(Guid PersonId, string Person, Guid SessionId, string Ref, string Course, DateTime Starts, string Mode, string Status, DateTimeOffset? MovedAt, string? State, DateTimeOffset? StateAt);

    private sealed record Row(Guid Id, string Kind, DateTimeOffset DueAt, DateTimeOffset NextTryAt, string State, int Attempts, string? Outcome, string Why);

    public async Task<Explained?> RunAsync(string? address, string? session, Actor actor, CancellationToken stop = default)
    {
        if (!actor.IsUnit || string.IsNullOrWhiteSpace(address) || string.IsNullOrWhiteSpace(session))
        {
            return null;
        }

        var found = (await db.Database.SqlQuery<Found>($"""
            select counted_as(e.person_id) as "PersonId", btrim(p.given_name || ' ' || p.family_name) as "Person", s.id as "SessionId", s.ref as "Ref", c.title as "Course", s.starts_at at time zone {zone.Name} as "Starts", s.mode as "Mode", s.status as "Status",
                s.moved_at as "MovedAt", b.state as "State", b.state_at as "StateAt"
            from person_emails e join persons p on p.id = counted_as(e.person_id) join sessions s on upper(s.ref) = upper({session.Trim()}) join courses c on c.id = s.course_id
            left join lateral (select state, state_at from bookings where session_id = s.id and person_id in (select same from persons_of(e.person_id) same) order by number desc limit 1) b on true
            where e.email = {PersonEmail.Normal(address)}
            """).ToListAsync(stop)).FirstOrDefault();
        if (found is null)
        {
            return null;
        }

        var rows = await db.Database.SqlQuery<Row>($"""
            select id as "Id", kind as "Kind", due_at as "DueAt", next_try_at as "NextTryAt", state as "State", attempts as "Attempts", outcome as "Outcome", why as "Why" from messages
            where session_id = {found.SessionId} and person_id in (select same from persons_of({found.PersonId}) same) order by due_at, id
            """).ToListAsync(stop);
        db.AuditEntries.Add(new Audit.AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = "asked why a message came or did not", SubjectKind = "person", SubjectId = found.PersonId });
        await db.SaveChangesAsync(stop);
        var said = rows.ConvertAll(row => new ExplainedMessage(row.Id, row.Kind, row.DueAt,
            MessageWords.State(Learning.Database.Words.Parse<MessageState>(row.State), row.NextTryAt, row.Attempts, mail.Server is not null, zone), row.Outcome ?? row.Why));
        said.AddRange(Reminders(found).Where(one => rows.TrueForAll(row => row.Kind != one.Kind)));
        var about = new AskedAbout(db, found.PersonId, found.SessionId, rows.Select(row => row.Kind).ToHashSet(StringComparer.Ordinal));
        foreach (var area in areas)
        {
            said.AddRange(await area(about, stop));
        }

        return new Explained(found.Person, found.Ref, found.Course, found.State ?? "no booking", [.. said.OrderBy(one => one.At ?? DateTimeOffset.MaxValue)]);
    }

    // The reminders that could be, at the hours at which the reminders' job queues them; it looks a day ahead.
    private IEnumerable<ExplainedMessage> Reminders(Found found)
    {
        var (day, now) = (DateOnly.FromDateTime(found.Starts), zone.Now);
        (string Kind, DateTimeOffset At)[] hours =
        [
            ("session-reminder-7", zone.InstantOf(day.AddDays(-7).ToDateTime(new TimeOnly(9, 0)))), ("session-reminder-1", zone.InstantOf(day.AddDays(-1).ToDateTime(new TimeOnly(9, 0)))),
            .. found.Mode == "in person" ? [] : new[] { ("session-joining", zone.InstantOf(day.ToDateTime(new TimeOnly(7, 30)))) },
        ];
        return hours.Select(hour => new ExplainedMessage(null, hour.Kind, hour.At, found.Status != "planned" || found.State != "confirmed" || hour.At <= now ? "Not sent" : "To come", (found, hour.At) switch
        {
            ({ Status: not "planned" }, _) => "The session is cancelled.",
            ({ State: null }, _) => "They have never had a booking on it.",
            ({ State: not "confirmed" }, _) => $"They have no place: the booking is {found.State} now.",
            var (_, at) when found.StateAt > at => "They got their place after its hour; the confirmation has told them.",
            var (_, at) when found.MovedAt > at => "The session was moved after its hour; the word about that has told them.",
            var (_, at) when at > now.AddDays(1) => "It is queued a day before its hour, if they still have the place.",
            var (_, at) when at > now => "It is queued within ten minutes.",
            _ => "Nothing was running at its hour, or for too long after it.",
        }));
    }
}
