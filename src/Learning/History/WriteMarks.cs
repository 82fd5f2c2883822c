using Learning.Database;

using Npgsql;

using static NpgsqlTypes.NpgsqlDbType;

namespace Learning.History;

/// <summary>
/// Writes marks in the order of marked_at and then of lines, so that of two at one instant the later line stands (H0). A mark without a part is one for each part of the
/// session. The agency and workforce of holder and substitute are those of the day, frozen (P2).
/// </summary>
internal sealed class WriteMarks(NpgsqlConnection connection, Story story, IProgress<ImportProgress>? progress)
{
    /// <summary>A person on a session, with the agency that the row gives: what is looked up once for all their marks.</summary>
    private readonly Dictionary<(Guid Person, Guid Session, Guid? Given), (int Number, DateOnly Day)> places = [];

    private sealed record Row(int Ordinal, Guid Id, Guid Part, ToldMark Mark, int? Holder, int? Substitute, DateTimeOffset RecordedAt);

    public async Task<ImportCount> RunAsync(CancellationToken stop)
    {
        var told = story.Marks.Count;
        var rows = Rows();
        await connection.StageAsync<Row>("import_marks", rows,
        [
            new("ordinal", Integer, row => row.Ordinal), new("id", Uuid, row => row.Id), new("part_id", Uuid, row => row.Part), new("session_id", Uuid, row => row.Mark.Session.Id), new("person_id", Uuid, row => row.Mark.Person?.Id),
            new("seat", Text, row => row.Mark.Seat), new("mark", Text, row => row.Mark.Kind.Word()), new("minutes", Integer, row => row.Mark.Minutes),
            new("substitute_id", Uuid, row => row.Mark.Substitute?.Id), new("holder", Integer, row => row.Holder), new("substitute", Integer, row => row.Substitute),
            new("marked_at", TimestampTz, row => row.Mark.MarkedAt), new("recorded_at", TimestampTz, row => row.RecordedAt),
        ], stop, done => progress?.Report(new("marks", done)));
        await connection.StageAsync("import_places", places,
        [
            new("number", Integer, pair => pair.Value.Number), new("person_id", Uuid, pair => pair.Key.Person), new("session_id", Uuid, pair => pair.Key.Session),
            new("day", Date, pair => pair.Value.Day), new Staged<KeyValuePair<(Guid Person, Guid Session, Guid? Given), (int Number, DateOnly Day)>>("given", Uuid, pair => pair.Key.Given),
        ], stop);
        progress?.Report(new("agencies of the day", places.Count));
        await connection.ExecuteAsync("""
            create temp table import_belonging on commit drop as
            with booked as (
                select distinct on (session_id, person_id) session_id, person_id, agency_id from bookings where session_id in (select session_id from import_places)
                order by session_id, person_id, state in ('confirmed', 'offered', 'waiting', 'requested') desc, booked_at desc, number desc)
            select p.number, coalesce(p.given, b.agency_id, e.agency_id) as agency_id, e.workforce, b.person_id is null as walk_in
            from import_places p
            left join booked b on b.session_id = p.session_id and b.person_id = p.person_id
            left join employments e on e.id = employment_on(p.person_id, p.day, coalesce(p.given, b.agency_id))
            """, [], stop);
        await connection.ExecuteAsync("analyze import_belonging", [], stop);
        progress?.Report(new("writing marks", rows.Count));
        var added = await connection.ExecuteAsync("""
            insert into marks (id, part_id, session_id, person_id, seat, mark, minutes, substitute_id, agency_id, workforce, substitute_agency_id, substitute_workforce, walk_in, marked_at, recorded_at)
            select m.id, m.part_id, m.session_id, m.person_id, m.seat, m.mark, m.minutes, m.substitute_id, h.agency_id, h.workforce, s.agency_id, s.workforce,
                coalesce(h.walk_in, false), m.marked_at, m.recorded_at
            from import_marks m left join import_belonging h on h.number = m.holder left join import_belonging s on s.number = m.substitute
            where not exists (select from marks x where x.id = m.id)
            order by m.ordinal
            """, [], stop);
        return new("marks", told, added, 0);
    }

    private List<Row> Rows()
    {
        story.Marks.Sort((one, other) => one.MarkedAt != other.MarkedAt ? one.MarkedAt.CompareTo(other.MarkedAt) : one.Line.CompareTo(other.Line));
        var (rows, ids, stable) = (new List<Row>(story.Marks.Count), new HashSet<Guid>(story.Marks.Count), new StableId());
        foreach (var mark in story.Marks)
        {
            var holder = mark.Person is { } person ? PlaceOf(person, mark) : (int?)null;
            var substitute = mark.Substitute is { } other ? PlaceOf(other, mark) : (int?)null;
            var recordedAt = story.RecordedAt(mark.MarkedAt, mark.Session.CountedOn);
            foreach (var part in mark.Session.Parts.Values)
            {
                if (mark.Part is null || mark.Part == part.Number)
                {
                    rows.Add(new(rows.Count, IdOf(mark, part.Id, ids, stable), part.Id, mark, holder, substitute, recordedAt));
                }
            }
        }

        return rows;
    }

    // The same mark twice is two events (A3 is about one event that is sent twice): between them another may have stood.
    private static Guid IdOf(ToldMark mark, Guid part, HashSet<Guid> ids, StableId stable)
    {
        for (var time = 1; ; time++)
        {
            var id = stable.Begin(mark.MarkedAt).Add(part).Add(mark.Person?.Id ?? Guid.Empty).Add(mark.Seat).Add((long)mark.Kind).Add(mark.Minutes ?? -1)
                .Add(mark.Substitute?.Id ?? Guid.Empty).Add(mark.Agency?.Id ?? Guid.Empty).Add(time).Make();
            if (ids.Add(id))
            {
                return id;
            }
        }
    }

    private int PlaceOf(ToldPerson person, ToldMark mark)
    {
        var key = (person.Id, mark.Session.Id, mark.Agency?.Id);
        if (!places.TryGetValue(key, out var place))
        {
            places.Add(key, place = (places.Count, mark.Session.CountedOn));
        }

        return place.Number;
    }
}
