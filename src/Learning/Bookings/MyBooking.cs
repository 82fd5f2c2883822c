using Learning.Catalogue;
using Learning.Database;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>A booking as its holder sees it. The link to join is told to those who hold a place only.</summary>
public sealed class MyBooking
{
    public Guid Id { get; init; }
    public string StateWord { get; init; } = "";

    /// <summary>The number on the waiting list, from 1; null when not waiting.</summary>
    public int? Position { get; init; }
    public DateTimeOffset? OfferEndsAt { get; init; }
    public DateTimeOffset StateAt { get; init; }
    public string? Needs { get; init; }

    /// <summary>Whom they named to approve their request, and whether that was a no (B9).</summary>
    public string? Approver { get; init; }
    public bool NotApproved { get; init; }
    public bool HoldsPlace { get; init; }
    public string Ref { get; init; } = "";
    public string Title { get; init; } = "";
    public string ModeWord { get; init; } = "";
    public string StatusWord { get; init; } = "";
    public string? Venue { get; init; }
    public string? JoinLink { get; init; }
    public DateTimeOffset StartsAt { get; init; }
    public DateTimeOffset EndsAt { get; init; }
    public DateTimeOffset BookingClosesAt { get; init; }

    /// <summary>A conference with rounds, of which workshops are chosen (B14).</summary>
    public bool HasRounds { get; init; }

    /// <summary>Wall times of the parts, in order (T1).</summary>
    public DateTime[] Starts { get; init; } = [];
    public DateTime[] Ends { get; init; } = [];

    public BookingState State => Words.Parse<BookingState>(StateWord);
    public SessionMode Mode => Words.Parse<SessionMode>(ModeWord);
    public bool Cancelled => StatusWord == SessionStatus.Cancelled.Word();
    public bool IsLive => State is BookingState.Requested or BookingState.Confirmed or BookingState.Waiting or BookingState.Offered;

    /// <summary>"12 and 19 January 2027".</summary>
    public string Dates => SeveralDates.Of(Starts.Select(DateOnly.FromDateTime));

    /// <summary>"Estuary Hall", "Online", "Estuary Hall or online".</summary>
    public string Where => Mode switch
    {
        SessionMode.Virtual => "Online",
        SessionMode.Hybrid => Venue is null ? "In person or online" : $"{Venue} or online",
        _ => Venue ?? "The venue will be announced",
    };

    /// <summary>The first part that is not over, from 0; the last one when all are.</summary>
    public int NextPart(DateTime local)
    {
        var next = Array.FindIndex(Ends, end => end > local);
        return next < 0 ? Ends.Length - 1 : next;
    }

    /// <summary>All bookings of one person, the earliest session first. Their own only (S2). One statement.</summary>
    public static Task<List<MyBooking>> ListAsync(LearningDb db, Guid person, CancellationToken stop = default) => ReadAsync(db, person, null, stop);

    /// <summary>One of them; null when the person has no such booking.</summary>
    public static async Task<MyBooking?> FindAsync(LearningDb db, Guid person, Guid id, CancellationToken stop = default) =>
        (await ReadAsync(db, person, id, stop)).SingleOrDefault();

    private static Task<List<MyBooking>> ReadAsync(LearningDb db, Guid person, Guid? id, CancellationToken stop) =>
        db.Database.SqlQuery<MyBooking>($"""
            select b.id as "Id", b.state as "StateWord", b.offer_ends_at as "OfferEndsAt", b.state_at as "StateAt", b.needs as "Needs", s.ref as "Ref", a.approver_email as "Approver", coalesce(not a.approved, false) as "NotApproved", b.holds_place as "HoldsPlace",
                   case when s.round_id is not null and p.title is not null then p.title else c.title end as "Title", s.mode as "ModeWord", s.status as "StatusWord", s.venue as "Venue",
                   case when b.state = 'confirmed' then s.join_link end as "JoinLink", s.starts_at as "StartsAt", s.ends_at as "EndsAt",
                   s.booking_closes_at as "BookingClosesAt", exists (select from conference_rounds r where r.conference_id = s.id) as "HasRounds", p.starts as "Starts", p.ends as "Ends",
                   case when b.state = 'waiting' then (
                       select count(*)::integer from bookings w
                       where w.session_id = s.id and w.state = 'waiting' and (w.line_at, w.number) <= (b.line_at, b.number)) end as "Position"
            from bookings b
            join sessions s on s.id = b.session_id
            join courses c on c.id = s.course_id
            left join booking_approvals a on a.booking_id = b.id
            cross join lateral (
                select array_agg(starts_local order by number) as starts, array_agg(ends_local order by number) as ends, min(nullif(btrim(title), '')) as title
                from session_parts where session_id = s.id) p
            where b.person_id in (select same from persons_of({person}) same) and ({id}::uuid is null or b.id = {id}) and p.starts is not null
            order by s.starts_at, s.ref, b.number
            """).ToListAsync(stop);
}
