using Learning.Database;

using Microsoft.EntityFrameworkCore;

namespace Learning.Catalogue;

/// <summary>A session as its own page shows it: to anybody, but for the trainers' names and the reader's own booking.</summary>
public sealed class SessionFacts
{
    public Guid Id { get; init; }
    public string Ref { get; init; } = "";
    public string Code { get; init; } = "";
    public string Title { get; init; } = "";
    public string KindWord { get; init; } = "";
    public string ModeWord { get; init; } = "";
    public string StatusWord { get; init; } = "";
    public string? Level { get; init; }
    public decimal? CpdHours { get; init; }
    public int? ValidityMonths { get; init; }
    public decimal RequiredParts { get; init; }
    public string Owner { get; init; } = "";
    public string? Venue { get; init; }
    public int Capacity { get; init; }
    public int Taken { get; init; }
    public int Waiting { get; init; }

    /// <summary>The reader's live booking, or null.</summary>
    public Guid? MyId { get; init; }

    /// <summary>The word of its state (B1).</summary>
    public string? Mine { get; init; }

    /// <summary>The reader's place in the line, from 1; null when not waiting.</summary>
    public int? MyPosition { get; init; }
    public DateTimeOffset? MyOfferEndsAt { get; init; }
    public string? ParentRef { get; init; }
    public string? ParentTitle { get; init; }
    public DateTimeOffset StartsAt { get; init; }
    public DateTimeOffset EndsAt { get; init; }
    public DateTimeOffset BookingClosesAt { get; init; }

    /// <summary>Places kept for agencies or sectors that nobody of theirs has yet (B5), how many of them are for the reader's, and for whom they are.</summary>
    public int Kept { get; init; }
    public int KeptForReader { get; init; }
    public string[] KeptFor { get; init; } = [];

    /// <summary>Parts in order: number i has title, start and end i.</summary>
    public string?[] PartTitles { get; init; } = [];
    public DateTime[] Starts { get; init; } = [];
    public DateTime[] Ends { get; init; } = [];

    /// <summary>Names of the trainers; empty for a visitor, who is not told them.</summary>
    public string[] Trainers { get; init; } = [];

    public CourseKind Kind => Words.Parse<CourseKind>(KindWord);
    public SessionMode Mode => Words.Parse<SessionMode>(ModeWord);
    public bool Cancelled => StatusWord == SessionStatus.Cancelled.Word();

    /// <summary>Those that nobody has and that are kept for nobody, or for the reader's own (B5).</summary>
    public int PlacesLeft => Math.Max(0, Capacity - Taken - Kept) + KeptForReader;

    /// <summary>The session of a reference, whatever its case, or null. One statement.</summary>
    /// <param name="reader">Whose own booking is told; null: a visitor.</param>
    public static Task<SessionFacts?> FindAsync(LearningDb db, string reference, Guid? reader, CancellationToken stop = default) =>
        db.Database.SqlQuery<SessionFacts>($"""
            select s.id as "Id", s.ref as "Ref", c.code as "Code", c.title as "Title", c.kind as "KindWord", s.mode as "ModeWord", s.status as "StatusWord",
                   c.level as "Level", c.cpd_hours as "CpdHours", c.validity_months as "ValidityMonths", c.required_parts as "RequiredParts",
                   o.name as "Owner", s.venue as "Venue", s.capacity as "Capacity", s.taken as "Taken", b.waiting as "Waiting", s.kept as "Kept",
                   case when s.kept = 0 then 0 else (
                       select coalesce(sum(h.places - h.used), 0)::integer from held_places_for(s.id, agency_of_booking({reader}, null, s.counted_on)) h) end as "KeptForReader",
                   case when s.kept = 0 then array[]::text[] else array(
                       select coalesce(a.name, h.sector) from held_places h left join agencies a on a.id = h.agency_id
                       where h.session_id = s.id and h.released_at is null and h.used < h.places order by 1) end as "KeptFor",
                   m.id as "MyId", m.state as "Mine", m.position as "MyPosition", m.offer_ends_at as "MyOfferEndsAt", parent.ref as "ParentRef",
                   parent_course.title as "ParentTitle", s.starts_at as "StartsAt", s.ends_at as "EndsAt", s.booking_closes_at as "BookingClosesAt",
                   p.titles as "PartTitles", p.starts as "Starts", p.ends as "Ends",
                   array(select btrim(t.given_name || ' ' || t.family_name) from session_trainers st join persons t on t.id = st.person_id
                         where st.session_id = s.id and {reader}::uuid is not null and t.erased_at is null
                         order by t.family_name, t.given_name) as "Trainers"
            from sessions s
            join courses c on c.id = s.course_id
            join agencies o on o.id = c.owner_id
            left join sessions parent on parent.id = s.parent_id
            left join courses parent_course on parent_course.id = parent.course_id
            cross join lateral (
                select array_agg(title order by number) as titles, array_agg(starts_local order by number) as starts,
                       array_agg(ends_local order by number) as ends
                from session_parts where session_id = s.id) p
            cross join lateral (select count(*)::integer as waiting from bookings where session_id = s.id and state = 'waiting') b
            left join lateral (
                select mine.id, mine.state, mine.offer_ends_at, case when mine.state = 'waiting' then (
                           select 1 + count(*) from bookings w where w.session_id = s.id and w.state = 'waiting'
                           and (w.line_at, w.number) < (mine.line_at, mine.number))::integer end as position
                from bookings mine
                where mine.session_id = s.id and mine.person_id in (select same from persons_of({reader}) same) and mine.state in ('requested', 'confirmed', 'waiting', 'offered')
                order by mine.booked_at limit 1) m on true
            where upper(s.ref) = upper({reference}) and p.starts is not null
            limit 1
            """).SingleOrDefaultAsync(stop);
}
