using Learning.Attendance;
using Learning.Bookings;
using Learning.People;
using Learning.Records.Retention;
using Learning.Tests.Figures;
using Learning.Tests.Support;

namespace Learning.Tests.Records;

/// <summary>P5: what counts as activity, and on which day. Everybody begins as somebody who was on a register on 1 March 2016.</summary>
public class LastActivityTests(Ground ground) : IClassFixture<Ground>
{
    [Fact]
    public async Task Nothing_since_leaves_the_day_of_the_session_and_an_open_employment_is_no_activity() => await HoldsAsync(_ => Task.CompletedTask, "2016-03-01", "mark");

    [Theory] // T1: the local day, also in summer
    [InlineData("2019-06-30 22:59:59Z", "2019-06-30")]
    [InlineData("2019-06-30 23:00:00Z", "2019-07-01")]
    [InlineData("2019-12-31 23:59:59Z", "2019-12-31")]
    [InlineData("2019-03-31 00:59:59Z", "2019-03-31")]
    [InlineData("2020-02-29 12:00:00Z", "2020-02-29")]
    public Task What_they_did_signed_in_counts_on_its_local_day(string at, string day) =>
        HoldsAsync(person => ground.Sql($"insert into audit_entries (at, actor_id, verb, subject_kind, subject_id) values ('{at}', '{person.Id}', 'signed in', 'person', '{person.Id}')"), day, "site");

    [Fact]
    public Task What_others_did_with_the_record_does_not_count() =>
        HoldsAsync(person => ground.Sql($"insert into audit_entries (at, actor_id, verb, subject_kind, subject_id) values ('2023-01-01', gen_random_uuid(), 'looked at a person''s record', 'person', '{person.Id}')"), "2016-03-01", "mark");

    [Fact]
    public Task Keeping_the_record_counts() =>
        HoldsAsync(person => ground.Sql($"insert into audit_entries (at, actor_id, verb, subject_kind, subject_id) values ('2022-02-02', '{person.Id}', 'kept their record', 'person', '{person.Id}')"), "2022-02-02", "kept");

    [Fact]
    public Task A_token_that_a_program_used_counts() => HoldsAsync(
        person => ground.Sql($"insert into access_tokens (id, person_id, hash, name, created_at, expires_at, scopes, strong, last_used_at) values (gen_random_uuid(), '{person.Id}', decode(md5(random()::text), 'hex'), 'x', '2020-01-01', '2029-01-01', array['read'], false, '2021-04-05 12:00Z')"),
        "2021-04-05", "site");

    [Fact]
    public Task A_session_on_a_device_that_is_still_open_counts() => HoldsAsync(
        person => ground.Sql($"""
            insert into accounts (id, person_id, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count) values ('{person.Id}', '{person.Id}', true, false, false, false, 0);
            insert into account_sessions (id, account_id, method, strong, device, opened_at, proved_at, seen_at, ends_at) values (gen_random_uuid(), '{person.Id}', 'e-mail', false, 'x', '2022-06-01', '2022-06-01', '2022-06-06 12:00Z', '2022-06-08')
            """), "2022-06-06", "site");

    [Fact]
    public Task A_completion_counts() => HoldsAsync(async person => await new Told(ground).Complete(await ground.Given.Course(), person, "2017-02-03"), "2017-02-03", "completion");

    [Fact]
    public Task A_look_into_a_course_counts() => HoldsAsync(
        async person =>
        {
            var course = await ground.Given.Course();
            await ground.Sql($"""
                insert into course_versions (course_id, digest, texts, first_used_at) values ('{course.Id}', repeat('a', 64), jsonb_build_object(), now());
                insert into learning_attempts (id, course_id, person_id, version, started_at, last_seen_at, last_page) values (gen_random_uuid(), '{course.Id}', '{person.Id}', repeat('a', 64), '2018-01-01', '2018-01-09 12:00Z', 'one')
                """);
        },
        "2018-01-09", "learning");

    [Fact]
    public Task A_presence_as_a_substitute_counts() => HoldsAsync(
        async person => await new Told(ground).Mark(await ground.Given.Session(null, 20, "2019-05-06 09:30 to 12:00"), await ground.Given.Person(), MarkKind.Substitute, "2019-05-06 12:00", substitute: person), "2019-05-06", "mark");

    [Fact]
    public Task A_session_that_they_gave_counts_and_a_cancelled_one_does_not() => HoldsAsync(
        async person =>
        {
            await ground.Given.Trainer(await ground.Given.Session(null, 20, "2018-07-01 09:30 to 12:00"), person);
            var cancelled = await ground.Given.Session(null, 20, "2020-07-01 09:30 to 12:00");
            await ground.Given.Trainer(cancelled, person);
            await ground.Sql($"update sessions set status = 'cancelled', cancelled_at = now() where id = '{cancelled.Id}'");
        }, "2018-07-01", "gave");

    [Fact] // a booking counts on the day on which it was made, whatever became of it
    public Task A_booking_counts() => HoldsAsync(
        async person =>
        {
            var booking = await ground.Given.Booking(await ground.Given.Session(null, 20, "2020-07-01 09:30 to 12:00"), person, BookingState.Cancelled);
            await ground.Sql($"update bookings set booked_at = '2020-05-05 12:00Z' where id = '{booking.Id}'");
        }, "2020-05-05", "booking");

    [Fact]
    public Task A_place_ahead_counts_on_the_day_of_the_session() => HoldsAsync(
        async person => await ground.Given.Booking(await ground.Given.Session(null, 20, "2024-12-03 09:30 to 12:00"), person), "2024-12-03", "place");

    [Fact]
    public Task A_role_that_is_held_counts_today() => HoldsAsync(async person => await ground.Given.Role(person, Role.SubgroupMember), "2024-05-15", "role");

    [Fact]
    public Task A_role_that_ended_counts_on_its_last_day() => HoldsAsync(async person => await ground.Given.Role(person, Role.SubgroupMember, until: "2021-03-01"), "2021-02-28", "role");

    [Fact]
    public Task A_role_that_was_taken_back_counts_on_that_day() => HoldsAsync(
        async person => await ground.Sql($"update role_grants set revoked_at = '2022-08-31 23:30Z' where id = '{(await ground.Given.Role(person, Role.SubgroupMember)).Id}'"), "2022-09-01", "role");

    [Fact] // with nothing else to go by
    public async Task Whoever_has_nothing_counts_from_the_day_on_which_they_were_written_down()
    {
        var person = await ground.Given.Person(await ground.Given.Agency());
        Assert.Equal((new DateOnly(2024, 5, 15), "added"), await AskAsync(person));
        await ground.Sql($"update persons set created_at = '2015-05-05 12:00Z' where id = '{person.Id}'");
        Assert.Equal((new DateOnly(2015, 5, 5), "added"), await AskAsync(person));
    }

    private async Task HoldsAsync(Func<Person, Task> happens, string day, string what)
    {
        var person = await new LongInactive(ground).Person("2016-03-01");
        await happens(person);
        Assert.Equal((DateOnly.Parse(day), what), await AskAsync(person));
    }

    private async Task<(DateOnly, string)> AskAsync(Person person)
    {
        await using var db = ground.Db();
        var found = (await Inactive.AskAsync(db, ground.Zone, DateOnly.MaxValue, listed: false, person.Id, CancellationToken.None)).Single();
        RetentionWords.Activity(found.What);
        RetentionWords.ToThem(found.What);
        return (found.ActiveOn, found.What);
    }
}
