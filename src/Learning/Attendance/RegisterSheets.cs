using Learning.Catalogue;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance;

/// <summary>What somebody gets who asks for a register: the sheet, if it is open to them.</summary>
public sealed record SheetAnswer(RegisterAccess Access, RegisterSheet? Sheet);

/// <summary>The question for a register's sheet: five queries, however many people and marks.</summary>
public sealed class RegisterSheets(LearningDb db, Zone zone)
{
    /// <summary>Whether a text can be a session's reference at all: what a database can be asked for.</summary>
    public static bool IsReference(string text) => text.Length is > 0 and <= 200 && !text.Any(letter => char.IsControl(letter) || char.IsSurrogate(letter));

    /// <summary>The register of a session, for who may open it (S2). Others learn nothing, its trainers outside their days only that it is not the time.</summary>
    public async Task<SheetAnswer> AskAsync(string reference, Actor actor, CancellationToken stop = default)
    {
        if (!IsReference(reference) || await SessionAsync(reference, stop) is not { } session)
        {
            return new SheetAnswer(RegisterAccess.None, null);
        }

        var state = await RegisterState.OfAsync(db, session.Id, actor, stop);
        var access = state.Access(actor, session, zone);
        if (access != RegisterAccess.Open)
        {
            return new SheetAnswer(access, null);
        }

        var share = session.Course!.RequiredMinutes;
        var parts = (await db.SessionParts.AsNoTracking().Where(part => part.SessionId == session.Id).OrderBy(part => part.Number).ToListAsync(stop))
            .ConvertAll(part => new SheetPart(
                part.Id, part.Number, part.Title, part.StartsLocal, part.EndsLocal, part.StartsAt, part.EndsAt, part.Minutes, RegisterRules.MinutesNeeded(part.Minutes, share)));
        return new SheetAnswer(access, new RegisterSheet(session, session.Course, state, parts, await PeopleAsync(session, stop)));
    }

    private Task<Session?> SessionAsync(string reference, CancellationToken stop) =>
        db.Sessions.FromSql($"select * from sessions where upper(ref) = upper({reference})").Include(session => session.Course).AsNoTracking().SingleOrDefaultAsync(stop);

    private async Task<List<SheetPerson>> PeopleAsync(Session session, CancellationToken stop)
    {
        var rows = await db.Database.SqlQuery<Row>($"""
            select p.id as "Id", p.given_name as "GivenName", p.family_name as "FamilyName", b.id as "BookingId", a.id as "AgencyId", a.name as "Agency"
            from (select person_id from bookings where session_id = {session.Id} and state = 'confirmed'
                  union select person_id from marks where session_id = {session.Id} and person_id is not null) here
            join persons p on p.id = here.person_id
            left join lateral (select id, agency_id from bookings where session_id = {session.Id} and person_id = p.id and state = 'confirmed' order by number limit 1) b on true
            left join lateral (select agency_id from marks where session_id = {session.Id} and person_id = p.id order by number desc limit 1) m on true
            left join employments e on e.id = employment_on(p.id, {session.CountedOn}, b.agency_id)
            left join agencies a on a.id = coalesce(m.agency_id, b.agency_id, e.agency_id)
            """).ToListAsync(stop);
        var marks = await db.Marks.AsNoTracking().Where(mark => mark.SessionId == session.Id && mark.PersonId != null).OrderBy(mark => mark.Number)
            .GroupJoin(db.Persons, mark => mark.SubstituteId, person => person.Id, (mark, substitutes) => new { mark, substitutes })
            .SelectMany(pair => pair.substitutes.DefaultIfEmpty(), (pair, substitute) => new Event(pair.mark, substitute == null ? null : substitute.GivenName + " " + substitute.FamilyName))
            .ToListAsync(stop);

        var standing = marks.OrderBy(row => row.Mark.Number).GroupBy(row => row.Mark.PersonId!.Value)
            .ToDictionary(person => person.Key, person => (IReadOnlyDictionary<Guid, SheetMark>)person.GroupBy(row => row.Mark.PartId).ToDictionary(part => part.Key, Standing));
        var shared = rows.GroupBy(row => row.Name).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet();
        return [.. rows
            .OrderBy(row => row.FamilyName, StringComparer.Create(British.Culture, ignoreCase: true)).ThenBy(row => row.GivenName, StringComparer.Create(British.Culture, ignoreCase: true)).ThenBy(row => row.Id)
            .Select(row => new SheetPerson(
                row.Id, row.BookingId, row.Name, row.GivenName, row.FamilyName, shared.Contains(row.Name) ? $"{row.Name}, {row.Agency ?? "agency not known"}" : row.Name, row.AgencyId, row.Agency,
                standing.GetValueOrDefault(row.Id) ?? new Dictionary<Guid, SheetMark>()))];
    }

    private static SheetMark Standing(IEnumerable<Event> events)
    {
        var all = events.ToList();
        var standing = StandingMark.Of(all.Select(row => row.Mark))!;
        return new SheetMark(standing.Mark, all.Find(row => row.Mark.Id == standing.Mark.Id)!.SubstituteName?.Trim(), standing.Disputed, standing.Other);
    }

    private sealed record Event(Mark Mark, string? SubstituteName);

    private sealed record Row(Guid Id, string GivenName, string FamilyName, Guid? BookingId, Guid? AgencyId, string? Agency)
    {
        /// <summary>Somebody who was erased (P5) has no name any more.</summary>
        public string Name => $"{GivenName} {FamilyName}".Trim() is { Length: > 0 } name ? name : $"Name removed {Id.ToString()[^4..]}";
    }
}
