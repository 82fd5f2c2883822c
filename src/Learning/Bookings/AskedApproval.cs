using Learning.Catalogue;
using Learning.Database;
using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>A request for a place as whoever decides about it sees it (B9): who asks, for what; not what they need there, and not how to join.</summary>
public sealed class AskedApproval
{
    public Guid Id { get; init; }
    public Guid PersonId { get; init; }
    public string Name { get; init; } = "";
    public string StateWord { get; init; } = "";
    public bool HoldsPlace { get; init; }
    public DateTimeOffset AskedAt { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public bool? Approved { get; init; }
    public string? ApproverEmail { get; init; }
    public string Ref { get; init; } = "";
    public string Title { get; init; } = "";
    public string ModeWord { get; init; } = "";
    public string StatusWord { get; init; } = "";
    public string? Venue { get; init; }
    public DateTimeOffset ClosesAt { get; init; }
    public DateTime[] Starts { get; init; } = [];
    public DateTime[] Ends { get; init; } = [];

    public BookingState State => Words.Parse<BookingState>(StateWord);
    public string Where => ModeWord == SessionMode.Virtual.Word() ? "Online" : Venue ?? "The venue will be announced";

    /// <summary>Why it cannot be decided (any more); null: it can.</summary>
    public string? WhyNot(DateTimeOffset now) => ApprovalRules.WhyNotDecide(State, StatusWord == SessionStatus.Cancelled.Word(), ClosesAt, now);

    public string Heading(DateTimeOffset now) => Approved switch
    {
        true => $"{Name} has your approval",
        false => $"{Name} was not approved",
        null => WhyNot(now) is null ? $"Do you approve that {Name} takes part?" : $"{Name} asked to take part",
    };

    /// <summary>Of the link of a mail; null where whoever asked was erased (P5).</summary>
    public static async Task<AskedApproval?> ByLinkAsync(LearningDb db, Guid booking, CancellationToken stop = default) => (await ReadAsync(db, [booking], stop)).SingleOrDefault();

    /// <summary>One that the actor may decide about; null: there is none (S1).</summary>
    public static async Task<AskedApproval?> FindAsync(LearningDb db, Guid booking, Actor actor, DateOnly today, CancellationToken stop = default)
    {
        var course = await db.Bookings.Where(one => one.Id == booking).Select(one => (Guid?)one.Session!.CourseId).SingleOrDefaultAsync(stop);
        return course is { } id && await MayDecideAsync(db, booking, id, actor, today, stop) ? await ByLinkAsync(db, booking, stop) : null;
    }

    /// <summary>Whether a request is the actor's to decide: as a lead of whoever asks, or an organiser of the course, and never their own.</summary>
    public static async Task<bool> MayDecideAsync(LearningDb db, Guid booking, Guid course, Actor actor, DateOnly today, CancellationToken stop) =>
        actor.PersonId is { } person && await MyBooking.FindAsync(db, person, booking, stop) is null
        && (await Organisers.MayAsync(db, actor, course, today, stop) || await db.Persons.VisibleTo(actor, db, today).AnyAsync(one => db.Bookings.Any(own => own.Id == booking && own.PersonId == one.Id), stop));

    /// <summary>Those that wait for an answer, of the people of a lead's agencies, the one whose booking closes first at the top. Two statements.</summary>
    public static async Task<List<AskedApproval>> WaitingAsync(LearningDb db, Actor lead, DateTimeOffset now, DateOnly today, CancellationToken stop = default)
    {
        var theirs = db.Persons.VisibleTo(lead with { Roles = lead.Roles.Where(role => role == Role.AgencyLead).ToHashSet() }, db, today).Where(person => person.Id != lead.PersonId).Select(person => person.Id);
        var ids = await db.Bookings.Where(booking => booking.State == BookingState.Requested && booking.Session!.BookingClosesAt > now && theirs.Contains(booking.PersonId)).Select(booking => booking.Id).ToArrayAsync(stop);
        return await ReadAsync(db, ids, stop);
    }

    private static Task<List<AskedApproval>> ReadAsync(LearningDb db, Guid[] bookings, CancellationToken stop) => db.Database.SqlQuery<AskedApproval>($"""
        select b.id as "Id", b.person_id as "PersonId", btrim(o.given_name || ' ' || o.family_name) as "Name", b.state as "StateWord", b.holds_place as "HoldsPlace", a.asked_at as "AskedAt", a.decided_at as "DecidedAt",
            a.approved as "Approved", a.approver_email as "ApproverEmail", s.ref as "Ref", c.title as "Title", s.mode as "ModeWord", s.status as "StatusWord", s.venue as "Venue", s.booking_closes_at as "ClosesAt",
            p.starts as "Starts", p.ends as "Ends"
        from booking_approvals a
        join bookings b on b.id = a.booking_id
        join persons o on o.id = b.person_id
        join sessions s on s.id = b.session_id
        join courses c on c.id = s.course_id
        cross join lateral (select array_agg(starts_local order by number) as starts, array_agg(ends_local order by number) as ends from session_parts where session_id = s.id) p
        where b.id = any({bookings}) and o.erased_at is null and p.starts is not null
        order by s.booking_closes_at, b.number
        """).ToListAsync(stop);
}
