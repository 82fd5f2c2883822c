using Learning.Attendance;
using Learning.Bookings;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Conferences;

/// <summary>A place where tickets are scanned: the conference's door, or the door of a workshop's room.</summary>
/// <param name="Times">Null: the door of the whole.</param>
public sealed record DoorPlace(string Ref, string Title, string? Room, string? Times);

/// <summary>Somebody with a ticket.</summary>
/// <param name="Ticket">Its code, without the lines between.</param>
/// <param name="Workshops">References of their workshops, in the order of time.</param>
public sealed record DoorPerson(Guid PersonId, string Name, string? Agency, string Ticket, string[] Workshops);

/// <summary>Who may come through a door, as a tablet keeps it to scan without a network. References of workshops lead to <see cref="Places"/>.</summary>
public sealed record DoorList(string Session, string Title, IReadOnlyList<DoorPlace> Places, IReadOnlyList<DoorPerson> People)
{
    /// <summary>Whose ticket it is; null for one of another conference, or whose place was given up.</summary>
    public DoorPerson? Holder(string? code) => Tickets.Read(code) is { } ticket ? People.FirstOrDefault(person => person.Ticket == Bare(ticket)) : null;

    /// <summary>Every word that was typed is somewhere in the name.</summary>
    public IEnumerable<DoorPerson> Named(string typed)
    {
        var words = typed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? [] : People.Where(person => Array.TrueForAll(words, word => British.Culture.CompareInfo.IndexOf(person.Name, word, System.Globalization.CompareOptions.IgnoreCase | System.Globalization.CompareOptions.IgnoreNonSpace) >= 0));
    }

    internal static string Bare(Guid ticket) => Tickets.CodeOf(ticket).Replace("-", "", StringComparison.Ordinal);
}

/// <summary>The question for a door (B14): the register that is marked there, and the tickets. For whoever may take that register (S2): at a workshop's door its trainer sees who is in that workshop, the business unit everybody.</summary>
public sealed class DoorLists(LearningDb db, RegisterSheets sheets)
{
    private sealed record Row(Guid PersonId, string Name, string? Agency, Guid Ticket, string[] Workshops);

    /// <summary>Null: no such door, or not for the eyes of who asks.</summary>
    public async Task<(RegisterAccess Access, RegisterSheet? Sheet, DoorList? Door)> AskAsync(string reference, Actor actor, CancellationToken stop = default)
    {
        var (access, sheet) = await sheets.AskAsync(reference, actor, stop);
        if (sheet is null || (sheet.Session.ParentId is null && sheet.Course.Kind != Catalogue.CourseKind.Conference))
        {
            return (sheet is null ? access : RegisterAccess.None, null, null);
        }

        var conference = sheet.Session.ParentId is { } parent ? await db.Sessions.AsNoTracking().Include(one => one.Course).SingleAsync(one => one.Id == parent, stop) : sheet.Session;
        var programme = await ConferenceProgramme.OfAsync(db, conference, stop);
        // Whose ticket a workshop's trainer may read the name of stands on the register that they take.
        var only = sheet.Session.ParentId is not null && !actor.IsUnit ? sheet.People.Select(person => person.PersonId).ToArray() : null;
        var people = await db.Database.SqlQuery<Row>($"""
            select b.person_id as "PersonId", coalesce(b.badge_name, nullif(btrim(p.given_name || ' ' || p.family_name), ''), 'A delegate') as "Name", a.name as "Agency", b.ticket as "Ticket",
                array(select s.ref from bookings w join sessions s on s.id = w.session_id join session_parts t on t.session_id = s.id and t.number = 1
                    where s.parent_id = b.session_id and w.person_id = b.person_id and w.state = 'confirmed' order by t.starts_local) as "Workshops"
            from bookings b join persons p on p.id = b.person_id left join agencies a on a.id = agency_of_booking(b.person_id, b.agency_id, {conference.CountedOn})
            where b.session_id = {conference.Id} and b.state = 'confirmed' and ({only}::uuid[] is null or b.person_id = any({only})) order by lower(p.family_name), lower(p.given_name), b.number
            """).ToListAsync(stop);
        return (access, sheet, new DoorList(sheet.Session.Ref, sheet.Session.ParentId is null ? sheet.Course.Title : programme.Workshops.FirstOrDefault(one => one.Id == sheet.Session.Id)?.Title ?? sheet.Course.Title,
            [
                new(conference.Ref, "The door", null, null),
                .. programme.Rounds.SelectMany(round => round.Workshops.Where(one => !one.Cancelled).Select(one => new DoorPlace(one.Ref, one.Title, one.Room, round.Times))),
            ],
            people.ConvertAll(row => new DoorPerson(row.PersonId, row.Name, row.Agency, DoorList.Bare(row.Ticket), row.Workshops))));
    }
}
