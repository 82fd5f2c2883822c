using Learning.Catalogue;
using Learning.Database;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings.Desk;

/// <summary>Somebody on a session's list, as its organiser reads it. What they need is flagged, and read on a page of its own.</summary>
public sealed class DelegateLine
{
    public Guid Id { get; init; }
    public string Name { get; init; } = "";
    public string? Email { get; init; }

    /// <summary>The agency that the booking counts for, as far as it is known now (P2).</summary>
    public string? Agency { get; init; }
    public string StateWord { get; init; } = "";
    public bool HasNeeds { get; init; }

    /// <summary>Has one of the places that were kept for their agency or sector (B5).</summary>
    public bool HasKept { get; init; }
    public DateTimeOffset BookedAt { get; init; }
    public DateTimeOffset StateAt { get; init; }
    public DateTimeOffset? OfferEndsAt { get; init; }

    /// <summary>The number on the waiting list, from 1.</summary>
    public int? Position { get; init; }

    public BookingState State => Words.Parse<BookingState>(StateWord);

    /// <summary>Has a place, was offered one, or asked for one.</summary>
    public bool OnList => State is BookingState.Confirmed or BookingState.Offered or BookingState.Requested;
}

/// <summary>The question who is on a session. The caller has asked whether its reader organises it (S1).</summary>
internal static class Delegates
{
    /// <summary>Those who wait last, in the order of their list. One statement.</summary>
    public static Task<List<DelegateLine>> OfAsync(LearningDb db, Session session, DelegateFilter filter, CancellationToken stop = default)
    {
        var words = (filter.Words ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return db.Database.SqlQuery<DelegateLine>($"""
            select b.id as "Id", case when p.erased_at is null then btrim(p.given_name || ' ' || p.family_name) else 'A person who was erased' end as "Name", m.email as "Email", a.name as "Agency",
                b.state as "StateWord", b.needs is not null as "HasNeeds", b.held_id is not null as "HasKept", b.booked_at as "BookedAt", b.state_at as "StateAt", b.offer_ends_at as "OfferEndsAt",
                b.position as "Position"
            from (select *, case when state = 'waiting' then (row_number() over (partition by state order by line_at, number))::integer end as position from bookings where session_id = {session.Id}) b
            join persons p on p.id = b.person_id
            left join person_emails m on m.person_id = p.id and m.main
            left join agencies a on a.id = agency_of_booking(b.person_id, b.agency_id, {session.CountedOn})
            where (b.state = {filter.State?.Word()} or ({filter.State is null} and b.state in ('requested', 'confirmed', 'waiting', 'offered')))
                and not exists (select from unnest({words}) w where position(lower(w) in lower(concat_ws(' ', p.given_name, p.family_name, m.email, a.name))) = 0)
            order by b.position nulls first, case {filter.Sort.Word()} when 'agency' then lower(a.name) end nulls last, case {filter.Sort.Word()} when 'booked' then b.number end,
                lower(p.family_name), lower(p.given_name), b.number
            """).ToListAsync(stop);
    }
}
