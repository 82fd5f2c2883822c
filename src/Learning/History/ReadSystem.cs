using Learning.Bookings;
using Learning.Catalogue;
using Learning.Database;
using Learning.Time;

using Npgsql;

namespace Learning.History;

/// <summary>Reads what the system knows already, so that a folder may point at it (H2).</summary>
internal static class ReadSystem
{
    public static async Task IntoAsync(Story story, NpgsqlConnection connection, Zone zone, CancellationToken stop)
    {
        await AgenciesAsync(story, connection, stop);
        await PeopleAsync(story, connection, stop);
        await CatalogueAsync(story, connection, stop);
        await SessionsAsync(story, connection, zone, stop);
        await foreach (var row in connection.RowsAsync("select distinct period_from, period_to from report_signings", [], stop))
        {
            story.SignedPeriods.Add((row.GetFieldValue<DateOnly>(0), row.GetFieldValue<DateOnly>(1)));
        }
    }

    /// <summary>The bookings of sessions, once the sessions are locked (house rule 5).</summary>
    public static async Task<List<CheckBookings.Standing>> BookingsAsync(IEnumerable<ToldSession> sessions, NpgsqlConnection connection, CancellationToken stop)
    {
        var ids = sessions.Where(session => session.InSystem).Select(session => session.Id).Distinct().Order().ToArray();
        await connection.ExecuteAsync("select from sessions where id = any($1) order by id for update", [ids], stop);
        var standing = new List<CheckBookings.Standing>();
        await foreach (var row in connection.RowsAsync("select id, session_id, person_id, state, booked_at from bookings where session_id = any($1) order by number", [ids], stop))
        {
            standing.Add(new(row.GetGuid(0), row.GetGuid(1), row.GetGuid(2), Words.Parse<BookingState>(row.GetString(3)), row.GetFieldValue<DateTimeOffset>(4)));
        }

        return standing;
    }

    private static async Task AgenciesAsync(Story story, NpgsqlConnection connection, CancellationToken stop)
    {
        var (byId, links) = (new Dictionary<Guid, ToldAgency>(), new List<(ToldAgency Agency, Guid? Parent, Guid? Successor, DateOnly? From)>());
        await foreach (var row in connection.RowsAsync("""
            select a.id, a.code, a.parent_id, s.successor_id, s.starts_on from agencies a left join agency_successions s on s.agency_id = a.id
            """, [], stop))
        {
            var agency = new ToldAgency { Id = row.GetGuid(0), Code = row.GetString(1), InSystem = true };
            byId.Add(agency.Id, agency);
            story.Agencies.Add(agency.Code, agency);
            links.Add((agency, row.Maybe<Guid>(2), row.Maybe<Guid>(3), row.Maybe<DateOnly>(4)));
        }

        foreach (var (agency, parent, successor, from) in links)
        {
            agency.Parent = parent is null ? null : byId[parent.Value];
            (agency.Successor, agency.SuccessorFrom) = (successor is null ? null : byId[successor.Value], from);
        }

        await foreach (var row in connection.RowsAsync("select domain, agency_id from agency_domains", [], stop))
        {
            story.Domains.Add(row.GetString(0), byId[row.GetGuid(1)]);
        }
    }

    private static async Task PeopleAsync(Story story, NpgsqlConnection connection, CancellationToken stop)
    {
        var byId = new Dictionary<Guid, ToldPerson>();
        await foreach (var row in connection.RowsAsync("select p.id, p.given_name, p.family_name, e.email from persons p join person_emails e on e.person_id = p.id", [], stop))
        {
            if (!byId.TryGetValue(row.GetGuid(0), out var person))
            {
                byId.Add(row.GetGuid(0), person = new ToldPerson { Id = row.GetGuid(0), InSystem = true, GivenName = row.GetString(1), FamilyName = row.GetString(2) });
            }

            person.Emails.Add(row.GetString(3));
            story.People.Add(row.GetString(3), person);
        }

        await foreach (var row in connection.RowsAsync("select person_id, agency_id, starts_on, ends_on, decided_at is not null from employments", [], stop))
        {
            byId.GetValueOrDefault(row.GetGuid(0))?.Known.Add(new(row.GetGuid(1), row.GetFieldValue<DateOnly>(2), row.Maybe<DateOnly>(3), row.GetBoolean(4)));
        }
    }

    private static async Task CatalogueAsync(Story story, NpgsqlConnection connection, CancellationToken stop)
    {
        await foreach (var row in connection.RowsAsync("select id, code from programmes", [], stop))
        {
            story.Programmes.Add(row.GetString(1), new ToldProgramme { Id = row.GetGuid(0), Code = row.GetString(1), InSystem = true });
        }

        await foreach (var row in connection.RowsAsync("select id, code, kind from courses", [], stop))
        {
            story.Courses.Add(row.GetString(1), new ToldCourse { Id = row.GetGuid(0), Code = row.GetString(1), Kind = Words.Parse<CourseKind>(row.GetString(2)), InSystem = true });
        }
    }

    private static async Task SessionsAsync(Story story, NpgsqlConnection connection, Zone zone, CancellationToken stop)
    {
        var courses = story.Courses.All.Values.ToDictionary(course => course.Id);
        var (byId, parents) = (new Dictionary<Guid, ToldSession>(), new List<(ToldSession Session, Guid Parent)>());
        await foreach (var row in connection.RowsAsync("""
            select s.id, s.ref, s.course_id, s.capacity, s.status, s.starts_at, s.ends_at, s.parent_id, exists (select from marks m where m.session_id = s.id),
                (select r.event from register_events r where r.session_id = s.id order by r.recorded_at desc, r.id desc limit 1), s.round_id
            from sessions s
            """, [], stop))
        {
            var newest = row.MaybeText(9);
            var session = new ToldSession
            {
                Id = row.GetGuid(0), Ref = row.GetString(1), Course = courses[row.GetGuid(2)], Capacity = row.GetInt32(3), InSystem = true,
                Status = row.GetString(4) == "cancelled" ? ToldStatus.Cancelled : newest == "signed" ? ToldStatus.Held : ToldStatus.Planned,
                StartsLocal = zone.LocalOf(row.GetFieldValue<DateTimeOffset>(5)), EndsLocal = zone.LocalOf(row.GetFieldValue<DateTimeOffset>(6)),
                WasMarked = row.GetBoolean(8), WasSigned = newest is not null, Round = row.Maybe<Guid>(10),
            };
            byId.Add(session.Id, session);
            story.Sessions.Add(session.Ref, session);
            if (row.Maybe<Guid>(7) is { } parent)
            {
                parents.Add((session, parent));
            }
        }

        parents.ForEach(pair => pair.Session.Parent = byId[pair.Parent]);
        await foreach (var row in connection.RowsAsync("select id, session_id, number, title, starts_local, ends_local from session_parts", [], stop))
        {
            byId[row.GetGuid(1)].Parts.Add(row.GetInt32(2), new ToldPart
            {
                Id = row.GetGuid(0), Number = row.GetInt32(2), Title = row.MaybeText(3), StartsLocal = row.GetDateTime(4), EndsLocal = row.GetDateTime(5), InSystem = true,
            });
        }
    }
}
