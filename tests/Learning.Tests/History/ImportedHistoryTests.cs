using Learning.History;
using Learning.Tests.Support;

namespace Learning.Tests.History;

/// <summary>What an import writes: when things count as recorded, whose they are, and what life did against the rules.</summary>
public sealed class ImportedHistoryTests : IAsyncLifetime
{
    private readonly OwnGround own = new();
    private readonly WrittenFolder folder = WrittenFolder.Small("x");

    private Ground Ground => own.Ground;

    public Task InitializeAsync() => own.Start();

    public async Task DisposeAsync()
    {
        folder.Dispose();
        await own.DisposeAsync();
    }

    private async Task<ImportOutcome.Imported> Import()
    {
        var outcome = await own.Import(folder.Path);
        Assert.True(outcome is ImportOutcome.Imported, string.Join('\n', (outcome as ImportOutcome.Refused)?.Mistakes ?? []));
        return (ImportOutcome.Imported)outcome;
    }

    private Task<string> Lines(string sql) => own.Lines(sql);

    private Task<string> Signed(string session) => Lines($"select to_char(r.recorded_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') from register_events r join sessions s on s.id = r.session_id where s.ref = '{session}' order by r.id");

    [Fact]
    public async Task A_held_session_is_signed_at_its_end_when_every_mark_was_made_by_then() // H0
    {
        folder.With("attendance.csv", "session,email,mark,minutes,agency,marked_at", "xH1,ann@x.example,attended,,,2023-11-01T11:00Z");
        await Import();
        Assert.Equal("2023-11-01 12:30", await Signed("xH1"));
        Assert.Equal("", await Signed("xP1"));
    }

    [Fact]
    public async Task A_held_session_is_signed_at_its_latest_first_mark_and_no_correction_moves_that() // H0
    {
        folder.And("attendance.csv", "xH1,bob@x.example,attended,,,2024-06-01T10:00Z", "xH1,cat@x.example,attended,,,2023-12-20T10:00Z", "xH1,cat@x.example,dna,,,2023-11-01T13:00Z",
            "xH1,cat@x.example,dna,,,2024-01-09T10:00Z");
        await Import();
        Assert.Equal("2023-11-01 13:00", await Signed("xH1"));
    }

    [Fact]
    public async Task Marks_count_from_marked_at_bookings_from_booked_at_completions_from_midnight() // H0
    {
        folder.And("completions.csv", "xE,bob@x.example,2023-06-30,,");
        await Import();
        Assert.Equal("2023-11-01 12:00:00+00 2023-11-01 12:00:00+00", await Lines("select marked_at, recorded_at from marks where mark = 'attended'"));
        Assert.Equal("2023-10-01 09:00:00+00 confirmed", await Lines("select recorded_at, state from booking_changes order by recorded_at limit 1"));
        Assert.Equal("2023-06-29 23:00:00+00\n2024-02-01 00:00:00+00", await Lines("select recorded_at from completions order by recorded_at"));
    }

    [Fact]
    public async Task What_falls_into_a_signed_period_is_recorded_at_the_time_of_import() // H0
    {
        var chair = await own.Given.Person();
        await Ground.Sql($"""
            insert into report_definitions (digest, report, version, yaml, kept_at) values ('d', '2023-24', 1, 'report: 2023-24', now());
            insert into report_signings (id, report, revision, period_from, period_to, as_at, signed_at, signed_by, definition_digest, figures, accepted)
            values (gen_random_uuid(), '2023-24', 1, '2023-04-01', '2023-11-02', '2024-05-01', '2024-05-01', '{chair.Id}', 'd', 'null', 'null')
            """);
        folder.And("sessions.csv", "xH2,xT,2023-11-02 09:30,2023-11-02 12:30,virtual,,20,held,,,,");
        folder.And("attendance.csv", "xH2,ann@x.example,attended,,,2023-11-02T12:00Z");
        await Import();
        Assert.Equal("2026-11-20 09:00", await Signed("xH1"));
        Assert.Equal("2023-11-02 12:30", await Signed("xH2"));
        Assert.Equal("xH1 2026-11-20 09:00:00+00\nxH2 2023-11-02 12:00:00+00", await Lines("select distinct s.ref, m.recorded_at from marks m join sessions s on s.id = m.session_id order by 1"));
        Assert.Equal("xC1 planned 2026-11-20 09:00:00+00\nxC1 cancelled 2026-11-20 09:00:00+00\nxH1 planned 2026-11-20 09:00:00+00\nxH2 planned -infinity\nxP1 planned -infinity",
            await Lines("select s.ref, h.status, h.recorded_at from session_history h join sessions s on s.id = h.session_id order by s.ref, h.id"));
        Assert.Equal("2026-11-20 09:00:00+00", await Lines("select distinct recorded_at from booking_changes"));
    }

    [Fact]
    public async Task Agency_and_workforce_are_those_of_the_day_of_the_session_or_what_the_row_says() // P2
    {
        folder.And("sessions.csv", "xH2,xT,2024-01-01 09:30,2024-01-01 12:30,virtual,,20,held,,,,", "xH3,xT,2019-01-01 09:30,2019-01-01 12:30,virtual,,20,held,,,,");
        folder.And("bookings.csv", "xH2,cat@x.example,confirmed,2023-10-01T09:00Z,,xD");
        folder.And("attendance.csv", "xH2,ann@x.example,attended,,,2024-01-01T12:00Z", "xH2,bob@x.example,attended,,xA,2024-01-01T12:00Z", "xH2,cat@x.example,attended,,,2024-01-01T12:00Z",
            "xH3,ann@x.example,attended,,,2019-01-01T12:00Z");
        folder.And("completions.csv", "xE,ann@x.example,2023-12-31,,", "xE,ann@x.example,2023-12-30,,xB");
        await Import();
        const string marks = "select s.ref, p.given_name, coalesce(a.code, '-'), coalesce(m.workforce, '-') from marks m join sessions s on s.id = m.session_id join persons p on p.id = m.person_id left join agencies a on a.id = m.agency_id order by 1, 2";
        Assert.Equal("xH1 Ann xA children\nxH1 Bob xB volunteer\nxH2 Ann xB adults\nxH2 Bob xA volunteer\nxH2 Cat xD joint\nxH3 Ann - -", await Lines(marks));
        Assert.Equal("2023-12-30 xB children\n2023-12-31 xA children\n2024-02-01 xB adults",
            await Lines("select c.completed_on, a.code, c.workforce from completions c join agencies a on a.id = c.agency_id order by 1"));
        Assert.Equal("Ann xA\nBob xB\nCat xD", await Lines("select p.given_name, a.code from bookings b join persons p on p.id = b.person_id join agencies a on a.id = b.agency_id order by 1"));
    }

    [Fact]
    public async Task A_substitute_has_the_agency_of_the_row_or_of_their_own_booking_or_of_the_day() // P2, A1
    {
        folder.And("bookings.csv", "xH1,cat@x.example,cancelled,2023-10-01T09:00Z,2023-10-05T09:00Z,xD");
        folder.And("attendance.csv", "xH1,ann@x.example,substitute:cat@x.example,,,2023-11-01T13:00Z", "xH1,bob@x.example,substitute:cat@x.example,,xA,2023-11-01T13:00Z",
            "xH1,cat@x.example,substitute:ann@xhome.example,,,2023-11-01T13:00Z");
        await Import();
        Assert.Equal("Ann xA Cat xD joint\nBob xA Cat xA joint\nCat xD Ann xA children", await Lines("""
            select h.given_name, ha.code, s.given_name, sa.code, m.substitute_workforce from marks m join persons h on h.id = m.person_id join persons s on s.id = m.substitute_id
            join agencies ha on ha.id = m.agency_id join agencies sa on sa.id = m.substitute_agency_id order by 1
            """));
    }

    [Fact]
    public async Task A_session_is_planned_in_wall_time_and_counts_on_the_local_date_of_its_last_part() // T1, T3
    {
        folder.And("sessions.csv", "xM1,xT,2024-03-31 23:50,2024-04-01 00:40,virtual,,20,held,,,,", "xM2,xT,2024-04-01 00:10,2024-04-01 01:00,virtual,,20,held,,,,",
            "xM3,xT,31/12/2023 09:30,2024-01-01T12:30,virtual,,20,held,,,,");
        folder.With("parts.csv", "session,part,title,starts,ends", "xM3,2,Second,2024-01-01 09:30,2024-01-01 12:30", "xM3,1,First,2023-12-31 09:30,2023-12-31 12:30");
        await Import();
        Assert.Equal("xM1 2024-03-31 22:50:00+00 2024-03-31\nxM2 2024-03-31 23:10:00+00 2024-04-01\nxM3 2023-12-31 09:30:00+00 2024-01-01",
            await Lines("select ref, starts_at, counted_on from sessions where ref like 'xM%' order by 1"));
    }

    [Fact]
    public async Task A_mark_without_a_part_is_one_for_every_part_with_its_minutes() // A7
    {
        folder.And("sessions.csv", "xH2,xT,2024-01-01 09:30,2024-01-02 12:30,virtual,,20,held,,,,");
        folder.With("parts.csv", "session,part,title,starts,ends", "xH2,1,,2024-01-01 09:30,2024-01-01 12:30", "xH2,2,,2024-01-02 09:30,2024-01-02 12:30");
        folder.With("attendance.csv", "session,email,mark,minutes,agency,marked_at,part", "xH2,ann@x.example,part,90,,2024-01-02T12:00Z,", "xH2,bob@x.example,attended,,,2024-01-02T12:00Z,2");
        await Import();
        Assert.Equal("1 Ann part 90\n2 Ann part 90\n2 Bob attended",
            await Lines("select s.number, p.given_name, m.mark, m.minutes from marks m join session_parts s on s.id = m.part_id join persons p on p.id = m.person_id order by 1, 2"));
    }

    [Fact]
    public async Task Of_two_marks_at_one_instant_the_later_line_is_recorded_later_whatever_else_comes_between() // H0
    {
        folder.With("attendance.csv", "session,email,mark,minutes,agency,marked_at", "xH1,ann@x.example,dna,,,2023-11-02T12:00Z", "xH1,ann@x.example,apologies,,,2023-11-01T12:00Z",
            "xH1,ann@x.example,attended,,,2023-11-01T12:00:00+00:00", "xH1,ann@x.example,apologies,,,2023-11-01T12:00Z");
        await Import();
        Assert.Equal("apologies\nattended\napologies\ndna", await Lines("select mark from marks order by number"));
    }

    [Fact]
    public async Task Who_came_without_a_booking_is_a_walk_in() // A4
    {
        folder.And("attendance.csv", "xH1,cat@x.example,attended,,,2023-11-01T12:00Z");
        await Import();
        Assert.Equal("Cat", await Lines("select p.given_name from marks m join persons p on p.id = m.person_id where m.walk_in"));
    }

    [Fact]
    public async Task A_held_session_keeps_more_people_than_places_and_a_person_twice_with_a_warning() // H5, B2, B3
    {
        folder.And("bookings.csv", "xH1,cat@x.example,confirmed,2023-10-03T09:00Z,,", "xH1,cat@x.example,confirmed,2023-10-04T09:00Z,,");
        var imported = await Import();
        Assert.Equal(["bookings.csv:4:1", "bookings.csv:5:1"], imported.Warnings.Select(warning => $"{warning.File}:{warning.Line}:{warning.Column}"));
        Assert.Equal("t 4 2", await Lines("select beyond_rules, taken, capacity from sessions where ref = 'xH1'"));
        Assert.Equal("f\nf\nf\nt", await Lines("select beyond_rules from bookings order by number"));
        Assert.DoesNotContain((await Import()).Counts, count => count.New + count.Changed > 0);
    }

    [Fact]
    public async Task A_cancelled_booking_was_made_and_then_cancelled_and_holds_no_place() // B1, H0
    {
        folder.And("bookings.csv", "xP1,ann@x.example,cancelled,2026-10-01T09:00Z,2026-10-05T09:00Z,", "xP1,bob@x.example,cancelled,2026-10-01T09:00Z,2026-10-05T09:00Z,",
            "xP1,cat@x.example,cancelled,2026-10-01T09:00Z,2026-10-05T09:00Z,", "xP1,ann@x.example,confirmed,2026-10-06T09:00Z,,", "xP1,cat@x.example,cancelled,2026-11-01T09:00Z,,");
        await Import();
        Assert.Equal("f 1", await Lines("select beyond_rules, taken from sessions where ref = 'xP1'"));
        Assert.Equal("confirmed 2026-10-01 09:00:00+00\ncancelled 2026-10-05 09:00:00+00", await Lines("""
            select c.state, c.recorded_at from booking_changes c join bookings b on b.id = c.booking_id join persons p on p.id = b.person_id where p.given_name = 'Bob' and b.state = 'cancelled' order by c.id
            """));
        Assert.Equal("0", await Lines("select count(*) from bookings b where beyond_rules"));
    }

    [Fact]
    public async Task A_cancelled_session_was_planned_until_then_and_nobody_keeps_a_place_on_it() // B13, T4
    {
        folder.And("bookings.csv", "xC1,ann@x.example,confirmed,2023-05-01T09:00Z,,");
        await Import();
        Assert.Equal("planned -infinity\ncancelled 2023-05-20 10:00:00+00",
            await Lines("select h.status, h.recorded_at from session_history h join sessions s on s.id = h.session_id where s.ref = 'xC1' order by h.id"));
        Assert.Equal("withdrawn 2023-05-20 10:00:00+00", await Lines("select b.state, b.state_at from bookings b join sessions s on s.id = b.session_id where s.ref = 'xC1'"));
    }

    [Fact]
    public async Task An_import_queues_no_message_and_is_on_the_audit_trail_by_numbers_only() // H4, S3
    {
        await Import();
        Assert.Equal("0", await Lines("select count(*) from messages"));
        var details = await Lines("select details from audit_entries where verb = 'imported a folder of history'");
        Assert.Contains("marks: {New: 2 ", details, StringComparison.Ordinal);
        Assert.DoesNotContain("ann", details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_programme_met_only_in_courses_is_made_and_starts_with_its_first_session()
    {
        await Import();
        Assert.Equal("xP xP", await Lines("select code, title, starts_on from programmes"));
    }
}
