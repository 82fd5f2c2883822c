using Learning.Attendance.Seats;
using Learning.Bookings;
using Learning.Catalogue;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance;

/// <summary>What somebody gets who asks for a register: the sheet, if it is open to them.</summary>
public sealed record SheetAnswer(RegisterAccess Access, RegisterSheet? Sheet)
{
    /// <summary>It is what who asks has already, so no sheet comes.</summary>
    public bool Unchanged { get; init; }
}

/// <summary>The question for a register's sheet: eight statements at most, however many people and marks.</summary>
public sealed class RegisterSheets(LearningDb db, Zone zone)
{
    /// <summary>Whether a text can be a session's reference at all: what a database can be asked for.</summary>
    public static bool IsReference(string text) => text.Length is > 0 and <= 200 && !text.Any(letter => char.IsControl(letter) || char.IsSurrogate(letter));

    /// <summary>The register of a session, for who may open it (S2). Others learn nothing, its trainers outside their days only that it is not the time.</summary>
    public Task<SheetAnswer> AskAsync(string reference, Actor actor, CancellationToken stop = default) => SinceAsync(reference, actor, null, stop);

    /// <summary>The same, unless it is the version that who asks has already.</summary>
    public async Task<SheetAnswer> SinceAsync(string reference, Actor actor, long? known, CancellationToken stop = default)
    {
        if (!IsReference(reference) || await SessionAsync(reference, stop) is not { } session)
        {
            return new SheetAnswer(RegisterAccess.None, null);
        }

        var state = await RegisterState.OfAsync(db, session.Id, actor, stop);
        var access = state.Access(actor, session, zone);
        return access == RegisterAccess.Open && known == state.Version ? new SheetAnswer(access, null) { Unchanged = true }
            : new SheetAnswer(access, access == RegisterAccess.Open ? await SheetAsync(session, state, stop) : null);
    }

    /// <summary>The same for whoever organises the session (S1), whenever they look; null for anybody else, and where there is none.</summary>
    public async Task<RegisterSheet?> OfOrganisedAsync(string reference, Actor actor, CancellationToken stop = default) =>
        IsReference(reference) && await OrganisedSession.FindAsync(db, reference, actor, zone.Today, stop) is { } session
            ? await SheetAsync(session, await RegisterState.OfAsync(db, session.Id, actor, stop), stop) : null;

    private async Task<RegisterSheet> SheetAsync(Session session, RegisterState state, CancellationToken stop)
    {
        var share = session.Course!.RequiredMinutes;
        var parts = (await db.SessionParts.AsNoTracking().Where(part => part.SessionId == session.Id).OrderBy(part => part.Number).ToListAsync(stop))
            .ConvertAll(part => new SheetPart(
                part.Id, part.Number, part.Title, part.StartsLocal, part.EndsLocal, part.StartsAt, part.EndsAt, part.Minutes, RegisterRules.MinutesNeeded(part.Minutes, share)));
        var events = await EventsAsync(session, stop);
        var seats = session.Course.Kind == CourseKind.Forum ? await SeatsThen.OfAsync(db, session.Id, stop) : [];
        var (people, needs) = await PeopleAsync(session, [.. events.Where(row => row.Mark.PersonId is not null)], seats, stop);
        return new RegisterSheet(
            session, session.Course, state, parts, people, Seats(events, seats), [.. Flagged(events, people, parts, state), .. await StraysAsync(session, parts, state, stop)], needs);
    }

    private Task<Session?> SessionAsync(string reference, CancellationToken stop) =>
        db.Sessions.FromSql($"select * from sessions where upper(ref) = upper({reference})").Include(session => session.Course).AsNoTracking().SingleOrDefaultAsync(stop);

    private Task<List<Event>> EventsAsync(Session session, CancellationToken stop) =>
        db.Marks.AsNoTracking().Where(mark => mark.SessionId == session.Id)
            .GroupJoin(db.Persons, mark => mark.SubstituteId, person => person.Id, (mark, substitutes) => new { mark, substitutes })
            .SelectMany(pair => pair.substitutes.DefaultIfEmpty(), (pair, substitute) => new { pair.mark, substitute })
            .GroupJoin(db.Persons, pair => pair.mark.RecordedBy, person => person.Id, (pair, recorders) => new { pair.mark, pair.substitute, recorders })
            .SelectMany(pair => pair.recorders.DefaultIfEmpty(), (pair, recorder) => new { pair.mark, pair.substitute, recorder })
            .OrderBy(pair => pair.mark.Number)
            .Select(pair => new Event(
                pair.mark, pair.substitute == null ? null : pair.substitute.GivenName + " " + pair.substitute.FamilyName,
                pair.recorder == null ? null : pair.recorder.GivenName + " " + pair.recorder.FamilyName))
            .ToListAsync(stop);

    // The forum's own, in their order, then those of which an import knew the name alone.
    private static List<SheetSeat> Seats(List<Event> events, IReadOnlyList<SeatThen> seats)
    {
        var marks = events.Where(row => row.Mark.PersonId is null).ToLookup(row => SeatsThen.Find(seats, row.Mark)?.SeatId);
        static Dictionary<Guid, SheetMark> ByPart(IEnumerable<Event> rows) => rows.GroupBy(row => row.Mark.PartId).ToDictionary(part => part.Key, Standing);
        return
        [
            .. seats.Where(seat => seat.Empty is not null).Select(seat => new SheetSeat(seat.SeatId, seat.Name, seat.Agency, seat.Empty, ByPart(marks[seat.SeatId]))),
            .. marks[null].GroupBy(row => row.Mark.Seat!).Select(named => new SheetSeat(null, named.Key, null, null, ByPart(named))).OrderBy(seat => seat.Seat, StringComparer.Create(British.Culture, ignoreCase: true)),
        ];
    }

    private static IEnumerable<FlaggedEvent> Flagged(List<Event> events, List<SheetPerson> people, List<SheetPart> parts, RegisterState state)
    {
        var names = people.ToDictionary(person => person.PersonId, person => person.Name);
        return from mark in events.Select(row => row.Mark).Reverse()
               where mark.Flag is not null && mark.PersonId is not null && (state.LastSignedAt is not { } signed || mark.RecordedAt > signed)
               let flags = MarkFlags.Of(mark.Flag).Where(flag => flag != MarkFlag.Conflict).ToList()
               where flags.Count > 0
               select new FlaggedEvent(mark.RecordedAt, names[mark.PersonId!.Value], parts.Find(part => part.Id == mark.PartId)?.Number, mark.Kind, mark.Minutes, flags);
    }

    private async Task<List<FlaggedEvent>> StraysAsync(Session session, List<SheetPart> parts, RegisterState state, CancellationToken stop)
    {
        var since = state.LastSignedAt ?? DateTimeOffset.MinValue;
        return (await db.MarkStrays.AsNoTracking()
                .Where(stray => stray.SessionId == session.Id && (stray.RecordedAt > since || stray.Why == MarkFlag.LongAfterSigning) && !db.MarkStrayDecisions.Any(decision => decision.StrayId == stray.Id))
                .GroupJoin(db.Persons, stray => stray.PersonId, person => person.Id, (stray, people) => new { stray, people })
                .SelectMany(pair => pair.people.DefaultIfEmpty(), (pair, person) => new { pair.stray, Name = person == null ? null : person.GivenName + " " + person.FamilyName })
                .Select(row => new { row.stray, Name = row.stray.SeatId == null ? row.Name : db.ForumSeats.Where(seat => seat.Id == row.stray.SeatId).Select(seat => seat.Name).FirstOrDefault() })
                .OrderByDescending(row => row.stray.RecordedAt).ThenBy(row => row.stray.Id).ToListAsync(stop))
            .ConvertAll(row => new FlaggedEvent(
                row.stray.RecordedAt, row.Name?.Trim() is { Length: > 0 } name ? name : null, parts.Find(part => part.Id == row.stray.PartId)?.Number, row.stray.Kind, row.stray.Minutes, [row.stray.Why]));
    }

    private async Task<(List<SheetPerson> People, (int All, int Unmet) Needs)> PeopleAsync(Session session, List<Event> marks, IReadOnlyList<SeatThen> seats, CancellationToken stop)
    {
        var held = seats.Where(seat => seat.PersonId is not null).ToLookup(seat => seat.PersonId!.Value);
        var holders = held.Select(one => (Person: one.Key, Agency: one.Select(seat => seat.AgencyId).FirstOrDefault(agency => agency is not null))).ToList();
        var (seated, theirs) = (holders.ConvertAll(one => one.Person).ToArray(), holders.ConvertAll(one => one.Agency).ToArray());
        var rows = await db.Database.SqlQuery<Row>($"""
            select p.id as "Id", p.given_name as "GivenName", p.family_name as "FamilyName", b.id as "BookingId", a.id as "AgencyId", a.name as "Agency",
                b.needs is not null as "Needs", b.needs_met_at is not null as "Met"
            from (select person_id from bookings where session_id = {session.Id} and state = 'confirmed'
                  union select person_id from marks where session_id = {session.Id} and person_id is not null union select unnest({seated})) here
            join persons p on p.id = here.person_id
            left join unnest({seated}, {theirs}) as seat (person_id, agency_id) on seat.person_id = p.id
            left join lateral (select id, agency_id, needs, needs_met_at from bookings where session_id = {session.Id} and person_id = p.id and state = 'confirmed' order by number limit 1) b on true
            left join lateral (select agency_id from marks where session_id = {session.Id} and person_id = p.id order by number desc limit 1) m on true
            left join lateral employment_that_day(p.id, {session.CountedOn}, coalesce(b.agency_id, seat.agency_id)) e on true
            left join agencies a on a.id = coalesce(m.agency_id, b.agency_id, e.agency_id, seat.agency_id)
            """).ToListAsync(stop);
        var standing = marks.GroupBy(row => row.Mark.PersonId!.Value)
            .ToDictionary(person => person.Key, person => (IReadOnlyDictionary<Guid, SheetMark>)person.GroupBy(row => row.Mark.PartId).ToDictionary(part => part.Key, Standing));
        var shared = rows.GroupBy(row => row.Name).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet();
        return ([.. rows
            .OrderBy(row => row.FamilyName, StringComparer.Create(British.Culture, ignoreCase: true)).ThenBy(row => row.GivenName, StringComparer.Create(British.Culture, ignoreCase: true)).ThenBy(row => row.Id)
            .Select(row => new SheetPerson(
                row.Id, row.BookingId, row.Name, row.GivenName, row.FamilyName, shared.Contains(row.Name) ? $"{row.Name}, {row.Agency ?? "agency not known"}" : row.Name, row.AgencyId, row.Agency,
                standing.GetValueOrDefault(row.Id) ?? new Dictionary<Guid, SheetMark>(), held.Contains(row.Id) ? string.Join(", ", held[row.Id].Select(seat => seat.Name)) : null))], (rows.Count(row => row.Needs), rows.Count(row => row is { Needs: true, Met: false })));
    }

    private static SheetMark Standing(IEnumerable<Event> events)
    {
        var all = events.ToList();
        var standing = StandingMark.Of(all.Select(row => row.Mark))!;
        Event? Of(Mark? mark) => mark is null ? null : all.Find(row => row.Mark.Id == mark.Id);
        var (stands, other) = (Of(standing.Mark)!, Of(standing.Other));
        return new SheetMark(standing.Mark, Named(stands.SubstituteName), standing.Disputed, standing.Other, Named(stands.By), Named(other?.By), Named(other?.SubstituteName), standing.Decided);
    }

    private static string? Named(string? name) => name?.Trim() is { Length: > 0 } given ? given : null;

    private sealed record Event(Mark Mark, string? SubstituteName, string? By);

    private sealed record Row(Guid Id, string GivenName, string FamilyName, Guid? BookingId, Guid? AgencyId, string? Agency, bool Needs, bool Met)
    {
        /// <summary>Somebody who was erased (P5) has no name any more.</summary>
        public string Name => $"{GivenName} {FamilyName}".Trim() is { Length: > 0 } name ? name : $"Name removed {Id.ToString()[^4..]}";
    }
}
