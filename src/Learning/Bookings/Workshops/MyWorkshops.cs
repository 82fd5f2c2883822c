using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings.Workshops;

/// <summary>A round as a delegate sees it: the workshop that they have, why, and what they wait for or wished for.</summary>
public sealed class MyWorkshops
{
    public Guid RoundId { get; init; }
    public DateTime Starts { get; init; }
    public DateTime Ends { get; init; }

    /// <summary>The workshops were given out.</summary>
    public bool Told { get; init; }
    public string? Ref { get; init; }
    public string? Title { get; init; }
    public string? Room { get; init; }

    /// <summary>Titles of the workshops that they wait for, and of those on offer.</summary>
    public string[] Waiting { get; init; } = [];
    public string[] Offered { get; init; } = [];
    public Guid[] OfferedBookings { get; init; } = [];

    /// <summary>References and titles of their wishes, the best first.</summary>
    public string[] WishRefs { get; init; } = [];
    public string[] Wishes { get; init; } = [];
    public string? Because { get; init; }
    public string? NewestStateWord { get; init; }
    public string? NewestBecause { get; init; }
    public string? NewestTitle { get; init; }
    public string? RunBecause { get; init; }

    /// <summary>Why they have this workshop, or none. Never empty.</summary>
    public string Why => this switch
    {
        { Ref: not null } => Because ?? "It was booked for you.",
        { Told: false } => "The workshops have not been given out yet.",
        { Offered: [var offered, ..] } => $"{offered} is offered to you: {NewestBecause ?? "a place came free"}",
        { NewestTitle: { } title, NewestStateWord: "waiting" } when NewestBecause is { } moved => $"You are on the waiting list of {title}: {moved}",
        { NewestTitle: { } title, NewestStateWord: "withdrawn" } => $"{title} was taken from you by the organiser{(NewestBecause is null ? "" : $": {NewestBecause}")}",
        { NewestTitle: { } title, NewestStateWord: "lapsed" } => $"The offer of {title} ended without an answer. Choose from what is left.",
        { NewestTitle: { } title, NewestStateWord: "cancelled" or "declined" } => $"You gave {title} up. Choose from what is left.",
        { RunBecause: { } because } => because,
        _ => "You came when the workshops had been given out. Choose from what is left.",
    };

    public string Times => British.Times(TimeOnly.FromDateTime(Starts), TimeOnly.FromDateTime(Ends));

    /// <summary>The rounds of a conference for one booking of it, in the order of time. One statement. The caller knows that the booking is its reader's.</summary>
    public static Task<List<MyWorkshops>> OfAsync(LearningDb db, Guid booking, CancellationToken stop = default) => db.Database.SqlQuery<MyWorkshops>($"""
        select r.id as "RoundId", r.starts_local as "Starts", r.ends_local as "Ends", exists (select from allocation_runs a where a.conference_id = r.conference_id and a.told_at is not null) as "Told",
            mine.ref as "Ref", mine.title as "Title", mine.venue as "Room", mine.state_reason as "Because",
            held.waiting as "Waiting", held.offered as "Offered", held.offers as "OfferedBookings",
            array(select s.ref from workshop_wishes w join sessions s on s.id = w.workshop_id where w.booking_id = b.id and w.round_id = r.id order by w.rank) as "WishRefs",
            array(select coalesce(nullif(btrim(p.title), ''), s.ref) from workshop_wishes w join sessions s on s.id = w.workshop_id join session_parts p on p.session_id = s.id and p.number = 1
                where w.booking_id = b.id and w.round_id = r.id order by w.rank) as "Wishes",
            newest.state as "NewestStateWord", newest.state_reason as "NewestBecause", newest.title as "NewestTitle", run.because as "RunBecause"
        from bookings b join conference_rounds r on r.conference_id = b.session_id
        cross join lateral (
            select coalesce(array_agg(p.title order by p.title) filter (where w.state = 'waiting'), array[]::text[]) as waiting, coalesce(array_agg(p.title order by p.title) filter (where w.state = 'offered'), array[]::text[]) as offered,
                coalesce(array_agg(w.id order by p.title) filter (where w.state = 'offered'), array[]::uuid[]) as offers
            from bookings w join session_parts p on p.session_id = w.session_id and p.number = 1 where w.person_id = b.person_id and w.round_id = r.id and w.state in ('waiting', 'offered')) held
        left join lateral (
            select s.ref, coalesce(nullif(btrim(p.title), ''), s.ref) as title, s.venue, w.state_reason from bookings w join sessions s on s.id = w.session_id join session_parts p on p.session_id = s.id and p.number = 1
            where w.person_id = b.person_id and w.round_id = r.id and w.state = 'confirmed') mine on true
        left join lateral (
            select coalesce(nullif(btrim(p.title), ''), s.ref) as title, w.state, w.state_reason from bookings w join sessions s on s.id = w.session_id join session_parts p on p.session_id = s.id and p.number = 1
            where w.person_id = b.person_id and w.round_id = r.id order by w.state_at desc, w.number desc limit 1) newest on true
        left join lateral (
            select x.because from allocation_results x join allocation_runs a on a.id = x.run_id and a.told_at is not null where x.booking_id = b.id and x.round_id = r.id) run on true
        where b.id = {booking}
        order by r.starts_local
        """).ToListAsync(stop);
}
