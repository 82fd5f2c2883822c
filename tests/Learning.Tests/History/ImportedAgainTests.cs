using Learning.History;
using Learning.Tests.Support;

namespace Learning.Tests.History;

/// <summary>A later folder meets what an earlier one, or the people since, have made of the system (H2).</summary>
public sealed class ImportedAgainTests : IAsyncLifetime
{
    private readonly OwnGround own = new();
    private readonly WrittenFolder first = WrittenFolder.Small("x");
    private readonly WrittenFolder later = new();

    private Ground Ground => own.Ground;

    public async Task InitializeAsync()
    {
        await own.Start();
        await Import(first);
    }

    public async Task DisposeAsync()
    {
        first.Dispose();
        later.Dispose();
        await own.DisposeAsync();
    }

    private async Task<ImportOutcome.Imported> Import(WrittenFolder folder)
    {
        var outcome = await own.Import(folder.Path);
        Assert.True(outcome is ImportOutcome.Imported, string.Join('\n', (outcome as ImportOutcome.Refused)?.Mistakes ?? []));
        return (ImportOutcome.Imported)outcome;
    }

    private Task<string> Lines(string sql) => own.Lines(sql);

    private async Task<IEnumerable<string>> Mistakes() =>
        Assert.IsType<ImportOutcome.Refused>(await own.Import(later.Path)).Mistakes.Select(mistake => mistake.ToString());

    [Fact]
    public async Task What_a_folder_names_may_be_in_the_system() // H2
    {
        later.With("attendance.csv", "session,email,mark,minutes,agency,marked_at,part,seat", "xh1,CAT@x.example ,attended,,xb,2023-11-01T12:00Z,1,");
        var imported = await Import(later);
        Assert.Equal(1, imported.Counts.Single(count => count.What == "marks").New);
    }

    [Fact]
    public async Task A_changed_row_becomes_what_is_known_and_a_session_that_counted_keeps_its_history() // T4
    {
        Ground.Clock.Advance(TimeSpan.FromDays(1));
        later.With("agencies.csv", "code,name,sector,statutory_partner,email_domains,headcount", "xA,Alpha renamed,Health,yes,xnew.example,40");
        later.With("people.csv", "email,given_name,family_name,agency,job_title,workforce,level,from,to", "bob@x.example,Bob,Roy,xB,Sergeant,adults,,2021-02-01,2026-01-01");
        later.With("sessions.csv", "ref,course,starts,ends,mode,venue,capacity,status", "xH1,xT,2023-11-01 09:30,2023-11-01 12:30,in person,Hall,30,held");
        var imported = await Import(later);
        Assert.Equal(["agencies", "e-mail domains", "employments", "sessions"], imported.Counts.Where(count => count.Changed > 0).Select(count => count.What));
        Assert.Equal("xnew.example", await Lines("select domain from agency_domains"));
        Assert.Equal("Sergeant adults 2026-01-01", await Lines("select e.job_title, e.workforce, e.ends_on from employments e join persons p on p.id = e.person_id where p.given_name = 'Bob'"));
        Assert.Equal("volunteer", await Lines("select m.workforce from marks m join persons p on p.id = m.person_id where p.given_name = 'Bob'")); // P2: frozen
        Assert.Equal("2 -infinity\n30 2026-11-21 09:00:00+00", await Lines("select h.capacity, h.recorded_at from session_history h join sessions s on s.id = h.session_id where s.ref = 'xH1' order by h.id"));
        Assert.Equal("Cat", await Lines("select p.given_name from session_trainers t join persons p on p.id = t.person_id")); // the column is absent: they stay
    }

    [Fact]
    public async Task A_move_that_was_confirmed_here_is_not_undone_by_an_older_list() // H2, P1
    {
        await Ground.Sql("update employments set ends_on = '2026-06-01', decided_at = '2026-05-20' where person_id = (select person_id from person_emails where email = 'bob@x.example')");
        Assert.False((await Import(first)).AnyChange);
        Assert.Equal("2026-06-01", await Lines("select e.ends_on from employments e join persons p on p.id = e.person_id where p.given_name = 'Bob'"));
    }

    [Fact]
    public async Task An_employment_beside_one_that_the_system_has_with_the_same_agency_is_a_mistake() // H1, P2
    {
        const string header = "email,given_name,family_name,agency,job_title,workforce,level,from,to";
        later.With("people.csv", header, "bob@x.example,Bob,Roy,xB,,adults,,2020-02-01,", "bob@x.example,Bob,Roy,xA,,adults,,2020-02-01,2021-01-01");
        Assert.Equal(["people.csv:2:35: the employment overlaps that with xB from 2021-02-01, which the system has"], await Mistakes());
        later.With("people.csv", header, "bob@x.example,Bob,Roy,xB,,adults,,2020-02-01,2021-02-01");
        Assert.Equal(1, (await Import(later)).Counts.Single(count => count.What == "employments").New);
    }

    [Fact]
    public async Task New_marks_are_added_and_old_ones_stay() // T4
    {
        later.With("attendance.csv", "session,email,mark,minutes,agency,marked_at", "xH1,ann@x.example,attended,,,2023-11-01T12:00Z", "xH1,ann@x.example,dna,,,2023-12-01T12:00Z");
        Assert.Equal(new ImportCount("marks", 2, 1, 0), (await Import(later)).Counts.Single(count => count.What == "marks"));
        Assert.Equal("3", await Lines("select count(*) from marks"));
    }

    [Fact]
    public async Task A_booking_that_was_cancelled_here_does_not_come_back_and_one_that_the_folder_cancels_goes() // H2
    {
        await Ground.Sql("update bookings set state = 'cancelled', state_at = '2026-11-20' where person_id = (select person_id from person_emails where email = 'bob@x.example')");
        Assert.False((await Import(first)).AnyChange);
        later.With("bookings.csv", "session,email,status,booked_at,cancelled_at,agency", "xH1,ann@x.example,cancelled,2023-10-01T09:00Z,2023-10-20T09:00Z,");
        Assert.Equal(new ImportCount("bookings", 1, 0, 1), (await Import(later)).Counts.Single(count => count.What == "bookings"));
        Assert.Equal("cancelled 2023-10-20 09:00:00+00", await Lines("select b.state, b.state_at from bookings b join persons p on p.id = b.person_id where p.given_name = 'Ann'"));
        Assert.Equal("0", await Lines("select taken from sessions where ref = 'xH1'"));
    }

    [Fact]
    public async Task A_register_that_was_reopened_here_is_not_signed_again() // H2, A6
    {
        await Ground.Sql("insert into register_events (session_id, event, recorded_at, reason) select id, 'reopened', '2026-11-19', 'a mistake' from sessions where ref = 'xH1'");
        Assert.False((await Import(first)).AnyChange);
    }

    [Fact]
    public async Task A_planned_session_takes_no_more_than_its_places_with_those_booked_here() // B2, B3
    {
        var planned = await Ground.Sql<Guid>("select id from sessions where ref = 'xP1'");
        var bob = await Ground.Sql<Guid>("select person_id from person_emails where email = 'bob@x.example'");
        await Ground.Sql($"insert into bookings (id, session_id, person_id, state, booked_at, state_at) values (gen_random_uuid(), '{planned}', '{bob}', 'confirmed', now(), now())");
        later.With("bookings.csv", "session,email,status,booked_at,cancelled_at,agency", "xP1,ann@x.example,confirmed,2026-10-01T09:00Z,,", "xP1,cat@x.example,confirmed,2026-10-02T09:00Z,,",
            "xP1,bob@x.example,waiting,2026-10-03T09:00Z,,");
        Assert.Equal(
            ["bookings.csv:3:1: session xP1 has 2 places, and 3 confirmed bookings", "bookings.csv:4:1: the person has a live booking on session xP1 already, in the system"], await Mistakes());
    }

    [Fact]
    public async Task A_session_with_marks_is_not_cancelled_by_a_folder_nor_marked_when_it_was() // H5
    {
        later.With("sessions.csv", "ref,course,starts,ends,mode,venue,capacity,status", "xH1,xT,2023-11-01 09:30,2023-11-01 12:30,in person,Hall,30,cancelled");
        later.With("attendance.csv", "session,email,mark,minutes,agency,marked_at", "xC1,ann@x.example,attended,,,2023-11-01T12:00Z");
        Assert.Equal(["sessions.csv:2:60: the session is cancelled, and its register in the system is marked", "attendance.csv:2:1: session xC1 is cancelled: it has no marks"], await Mistakes());
    }

    [Fact]
    public async Task An_address_of_somebody_here_makes_the_row_theirs() // P1, P6
    {
        later.With("people.csv", "email,given_name,family_name,agency,job_title,workforce,level,from,to,aliases",
            "ann.lee@xnew.example,Ann,Lee,xD,,joint,,2026-01-01,,ANN@xhome.example", "new@x.example,New,Person,xA,,joint,,2026-01-01,,", "newer@x.example,New,Person,xB,,joint,,2026-02-01,,new@x.example");
        var imported = await Import(later);
        Assert.Equal(1, imported.Counts.Single(count => count.What == "people").New);
        Assert.Equal("ann.lee@xnew.example f\nann@x.example t\nann@xhome.example f", await Lines("select e.email, e.main from person_emails e join persons p on p.id = e.person_id where p.given_name = 'Ann' order by 1"));
        Assert.Equal("new@x.example f\nnewer@x.example t", await Lines("select e.email, e.main from person_emails e join persons p on p.id = e.person_id where p.given_name = 'New' order by 1"));
    }

    [Fact]
    public async Task Parts_of_a_session_that_is_here_move_the_day_on_which_it_counts() // T3, T4
    {
        later.With("parts.csv", "session,part,title,starts,ends", "xP1,1,,2027-02-01 09:30,2027-02-01 12:30", "xP1,2,,2027-02-08 09:30,2027-02-08 12:30");
        await Import(later);
        Assert.Equal("2027-02-01 09:30:00+00 2027-02-08 12:30:00+00 2027-02-08", await Lines("select starts_at, ends_at, counted_on from sessions where ref = 'xP1'"));
        Assert.Equal("2", await Lines("select count(*) from session_history h join sessions s on s.id = h.session_id where s.ref = 'xP1'"));
    }

    [Fact]
    public async Task A_workshop_without_its_conference_two_of_a_round_and_a_conference_that_is_left_behind_are_lines() // H1, B14
    {
        later.With("sessions.csv", "ref,course,starts,ends,mode,venue,capacity,status,parent",
            "xN,xC,2027-03-03 09:00,2027-03-03 16:00,in person,Hall,50,planned,",
            "xNA,xT,2027-03-03 10:00,2027-03-03 11:00,in person,Room A,20,planned,xN",
            "xNB,xT,2027-03-03 10:00,2027-03-03 11:00,in person,Room B,20,planned,xN");
        later.With("bookings.csv", "session,email,status,booked_at,cancelled_at,agency", "xN,ann@x.example,confirmed,2026-10-01T09:00Z,,", "xNA,ann@x.example,confirmed,2026-10-01T09:01Z,,");
        await Import(later);
        Assert.Equal("1", await Lines("select count(*) from conference_rounds"));

        later.With("bookings.csv", "session,email,status,booked_at,cancelled_at,agency", "xNB,bob@x.example,waiting,2026-10-02T09:00Z,,", "xNB,ann@x.example,confirmed,2026-10-02T09:00Z,,", "xN,ann@x.example,cancelled,2026-10-01T09:00Z,2026-10-03T09:00Z,");
        Assert.Equal(
        [
            "bookings.csv:2:1: session xNB is a workshop of xN, on which the person has no confirmed booking",
            "bookings.csv:3:1: session xNB is a workshop of xN, on which the person has no confirmed booking",
            "bookings.csv:3:1: the person has workshop xNA of the same round already, in the system",
            "bookings.csv:4:1: the person has a booking of workshop xNA in the system, which goes with the conference: give its cancellation too",
        ], await Mistakes());

        // Told as it was: she changed her workshop, and Bob booked the conference.
        later.With("bookings.csv", "session,email,status,booked_at,cancelled_at,agency",
            "xNB,bob@x.example,waiting,2026-10-02T09:00Z,,", "xN,bob@x.example,confirmed,2026-10-02T08:00Z,,", "xNB,ann@x.example,confirmed,2026-10-02T09:00Z,,", "xNA,ann@x.example,cancelled,2026-10-01T09:01Z,2026-10-02T09:00Z,");
        await Import(later);
        Assert.Equal("xN Ann confirmed\nxN Bob confirmed\nxNA Ann cancelled\nxNB Ann confirmed\nxNB Bob waiting",
            await Lines("select s.ref, p.given_name, b.state from bookings b join sessions s on s.id = b.session_id join persons p on p.id = b.person_id where s.ref like 'xN%' order by 1, 2"));
    }
}
