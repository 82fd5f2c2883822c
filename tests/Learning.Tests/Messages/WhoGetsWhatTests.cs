using System.Text.RegularExpressions;

using Learning.Bookings;
using Learning.Bookings.Desk;
using Learning.Catalogue;
using Learning.People;
using Learning.Records;
using Learning.Reminders;
using Learning.Tests.Support;

namespace Learning.Tests.Messages;

/// <summary>
/// What happens with a session or a person, and who then gets which letter: a table over the real verbs, the real outbox and a real SMTP conversation. A line a letter: whom it reached, its subject up
/// to the course, and what its calendar entry does with which number.
/// </summary>
public partial class WhoGetsWhatTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    private readonly PostRoom room = new(ground);
    private Actor unit = null!;
    private Agency agency = null!;
    private Session session = null!;
    private int told;

    public async Task InitializeAsync()
    {
        ground.Clock.Set("2024-05-15 10:00");
        // The tests share a database: what another one left is over.
        await ground.Sql("update messages set state = 'dropped', settled_at = now() where state = 'due'; update sessions set status = 'cancelled', cancelled_at = now() where status = 'planned'");
        (unit, agency) = (await ground.Given.Actor(await ground.Given.Unit()), await ground.Given.Agency());
        session = await SessionAsync(3);
    }

    public async Task DisposeAsync() => await room.DisposeAsync();

    [Fact] // B6, B13, M1, M4
    public async Task Booked_full_given_up_and_accepted()
    {
        var (ann, bob, cat, dan) = (await PersonAsync("Ann"), await PersonAsync("Bob"), await PersonAsync("Cat"), await PersonAsync("Dan"));
        await BookAsync(ann, bob, cat, dan);
        await ToldAsync("Ann: Your place is booked REQUEST 0", "Bob: Your place is booked REQUEST 0", "Cat: Your place is booked REQUEST 0", "Dan: You are on the waiting list");

        await CancelAsync(ann);
        await ToldAsync("Ann: Your place is given up CANCEL 1", "Dan: A place is yours if you want it");

        await AcceptAsync(dan);
        await ToldAsync("Dan: Your place is booked REQUEST 0");

        // Rebooked: a booking of its own, with an entry of its own.
        await BookAsync(ann);
        await ToldAsync("Ann: You are on the waiting list");
    }

    [Fact] // B4, B6
    public async Task Fewer_places_and_then_more_put_the_entry_in_again_under_a_higher_number()
    {
        var (ann, bob) = (await PersonAsync("Ann"), await PersonAsync("Bob"));
        await BookAsync(ann, bob);
        await ToldAsync("Ann: Your place is booked REQUEST 0", "Bob: Your place is booked REQUEST 0");

        await CapacityAsync(1, bob);
        await ToldAsync("Bob: Your place had to go CANCEL 1");

        await CapacityAsync(5);
        await ToldAsync("Bob: A place is yours if you want it");

        await AcceptAsync(bob);
        await ToldAsync("Bob: Your place is booked REQUEST 2");

        // The same once more: neither the offer nor the confirmation is taken for the first one.
        await CapacityAsync(1, bob);
        await CapacityAsync(5);
        await AcceptAsync(bob);
        await ToldAsync("Bob: Your place is booked REQUEST 4");
        await MoveAsync("2024-07-09");
        await ToldAsync("Ann: Moved REQUEST 1", "Bob: Moved REQUEST 5");
    }

    [Fact] // B4, B13, M3: the word that took the entry out of a calendar had not gone when the session was cancelled, or the wait given up
    public async Task What_ends_a_wait_takes_out_the_entry_that_nobody_has_taken_out_yet()
    {
        var (ann, bob, cat) = (await PersonAsync("Ann"), await PersonAsync("Bob"), await PersonAsync("Cat"));
        await BookAsync(ann, bob, cat);
        await ToldAsync("Ann: Your place is booked REQUEST 0", "Bob: Your place is booked REQUEST 0", "Cat: Your place is booked REQUEST 0");
        await CapacityAsync(1, bob, cat);
        await CancelAsync(cat);
        await CancelSessionAsync();
        await ToldAsync("Ann: Cancelled CANCEL 1", "Bob: Cancelled CANCEL 1", "Cat: You are off the list CANCEL 1");
    }

    [Fact] // M4, M3: each who attended, once signed; a word a week later; three months on
    public async Task Signed_and_answered_or_not()
    {
        var (ann, bob, cat) = (await PersonAsync("Ann"), await PersonAsync("Bob"), await PersonAsync("Cat"));
        await BookAsync(ann, bob, cat);
        await ToldAsync("Ann: Your place is booked REQUEST 0", "Bob: Your place is booked REQUEST 0", "Cat: Your place is booked REQUEST 0");
        ground.Clock.Set("2024-07-01 16:30");
        await ground.Sql($"""
            insert into marks (id, part_id, session_id, person_id, mark, marked_at, recorded_at)
            select gen_random_uuid(), p.id, p.session_id, b.person_id, case b.person_id when '{cat.Id}' then 'dna' else 'attended' end, p.ends_at, p.ends_at from session_parts p join bookings b on b.session_id = p.session_id where p.session_id = '{session.Id}';
            insert into register_events (session_id, event, recorded_at, recorded_by) values ('{session.Id}', 'signed', '2024-07-01 15:30Z', '{unit.PersonId}')
            """);
        await AskAsync();
        await ToldAsync("Ann: How was Course?", "Bob: How was Course?");
        await ground.Sql($"insert into evaluation_responses (id, request_id, recorded_at) select gen_random_uuid(), id, '2024-07-02 09:00Z' from evaluation_requests where person_id = '{ann.Id}'");
        ground.Clock.Set("2024-07-08 09:00");
        await AskAsync();
        await ToldAsync("Bob: Two minutes for Course?");
        ground.Clock.Set("2024-10-01 09:00");
        await AskAsync();
        await ToldAsync("Ann: Three months on", "Bob: Three months on");
        await AskAsync();
        await ToldAsync();
    }

    [Fact] // B13, M3, M4
    public async Task Moved_after_a_reminder_and_cancelled_before_the_next()
    {
        var (ann, bob, trainer) = (await PersonAsync("Ann"), await PersonAsync("Bob"), await PersonAsync("Tess"));
        await ground.Given.Trainer(session, trainer);
        await BookAsync(ann, bob);
        ground.Clock.Set("2024-06-24 09:00");
        await RemindAsync();
        await ToldAsync("Ann: In a week REQUEST 0", "Ann: Your place is booked REQUEST 0", "Bob: In a week REQUEST 0", "Bob: Your place is booked REQUEST 0");

        ground.Clock.Set("2024-06-29 12:00");
        await MoveAsync("2024-07-09");
        await ToldAsync("Ann: Moved REQUEST 1", "Bob: Moved REQUEST 1", "Tess: Moved");
        // The old day's reminder is not for the new one; the new day's comes at its own hour.
        ground.Clock.Set("2024-06-30 09:00");
        await RemindAsync();
        await ToldAsync();
        ground.Clock.Set("2024-07-02 09:00");
        await RemindAsync();
        await ToldAsync("Ann: In a week REQUEST 1", "Bob: In a week REQUEST 1");

        await CancelAsync(bob);
        ground.Clock.Set("2024-07-07 12:00");
        await RemindAsync();
        await CancelSessionAsync();
        ground.Clock.Set("2024-07-08 09:00");
        await RemindAsync();
        await ToldAsync("Ann: Cancelled CANCEL 2", "Bob: Your place is given up CANCEL 2", "Tess: You need not come");
    }

    [Fact] // B13, M4
    public async Task Moved_to_less_than_a_week_ahead_nobody_is_reminded_of_what_they_have_just_read()
    {
        var ann = await PersonAsync("Ann");
        await BookAsync(ann);
        ground.Clock.Set("2024-06-10 12:00");
        await MoveAsync("2024-06-17");
        await RemindAsync();
        await ToldAsync("Ann: Moved REQUEST 1", "Ann: Your place is booked REQUEST 1");
        ground.Clock.Set("2024-06-16 09:00");
        await RemindAsync();
        await ToldAsync("Ann: Tomorrow at 9:30am REQUEST 1");
    }

    [Fact] // S1
    public async Task Named_to_give_it_and_not_any_more()
    {
        var (tess, tom) = (await PersonAsync("Tess"), await PersonAsync("Tom"));
        async Task GivenByAsync(params Person[] people) => Assert.IsType<DeskOutcome.Done>(await ground.With(async (SetTrainers verb) =>
        {
            ground.Clock.Advance(TimeSpan.FromMinutes(1));
            await using var db = ground.Db();
            return await verb.RunAsync(session.Ref, string.Join('\n', people.Select(person => db.PersonEmails.Single(email => email.PersonId == person.Id).Email)), unit);
        }));

        await GivenByAsync(tess);
        await ToldAsync("Tess: You give Course: Monday 1 July 2024, 9:30am");
        await GivenByAsync(tom, tess);
        await GivenByAsync(tom);
        await ToldAsync("Tess: You do not give Course on Monday 1 July 2024", "Tom: You give Course: Monday 1 July 2024, 9:30am");
        // Off and on again before anything has gone out: one letter, with what is true.
        await GivenByAsync(tom, tess);
        await GivenByAsync(tom);
        await GivenByAsync(tom, tess);
        await ToldAsync("Tess: You give Course: Monday 1 July 2024, 9:30am");
        Assert.IsType<DeskOutcome.NotFound>(await ground.With((SetTrainers verb) => verb.RunAsync(session.Ref, "", Actor.Nobody)));
        Assert.IsType<DeskOutcome.Refused>(await ground.With((SetTrainers verb) => verb.RunAsync(session.Ref, "nobody@nowhere.example", unit)));
    }

    [Fact] // B11
    public async Task Given_to_a_colleague()
    {
        var (ann, bob) = (await PersonAsync("Ann"), await PersonAsync("Bob"));
        await BookAsync(ann);
        await ToldAsync("Ann: Your place is booked REQUEST 0");

        Assert.IsType<BookingOutcome.Confirmed>(await ground.With(async (GiveToColleague verb) => await verb.RunAsync(await BookingAsync(ann), bob.Id, null, await ground.Given.Actor(ann))));

        await ToldAsync("Ann: Your place has gone to Bob Doe CANCEL 1", "Bob: You have the place of Ann Doe REQUEST 0");
    }

    [Fact] // P3, B3, B6
    public async Task Merged_with_a_place_on_both_records()
    {
        var (ann, anne, dan) = (await PersonAsync("Ann"), await PersonAsync("Anne"), await PersonAsync("Dan"));
        await CapacityAsync(2);
        await BookAsync(ann, anne, dan);
        await ToldAsync("Ann: Your place is booked REQUEST 0", "Anne: Your place is booked REQUEST 0", "Dan: You are on the waiting list");

        Assert.IsType<MergeOutcome.Done>(await ground.With((MergePerson merge) => merge.RunAsync(ann.Id, anne.Id, "They are one.", unit)));

        await ToldAsync("Ann: Your training records are now one", "Anne: You are booked once, not twice CANCEL 1", "Anne: Your training records are now one", "Dan: A place is yours if you want it");
        // From now on the messages of both go to the main address of the one that stays, and once.
        ground.Clock.Set("2024-06-24 09:00");
        await RemindAsync();
        await ToldAsync("Ann: In a week REQUEST 0");
    }

    [Fact] // P5, M3
    public async Task Erased()
    {
        var (ann, dan) = (await PersonAsync("Ann"), await PersonAsync("Dan"));
        await CapacityAsync(1);
        await BookAsync(ann, dan);
        await ToldAsync("Ann: Your place is booked REQUEST 0", "Dan: You are on the waiting list");
        ground.Clock.Set("2024-06-23 09:30");
        await RemindAsync();

        Assert.IsType<EraseOutcome.Erased>(await room.With((ErasePerson erase) => erase.RunAsync(ann.Id, "They asked for it.", unit)));

        ground.Clock.Set("2024-06-24 09:00");
        await RemindAsync();
        await ToldAsync("Ann: Your training record has been erased", "Dan: A place is yours if you want it");
    }

    [Fact] // M4
    public async Task Online_on_the_morning_of_each_day_and_once_a_day()
    {
        session = await ground.Given.Session(await ground.Given.Course(title: "Course"), 3, "2024-07-01 09:30 to 12:00", "2024-07-01 13:00 to 16:00", "2024-07-02 10:00 to 12:00");
        await ground.Sql($"update sessions set mode = 'virtual', venue = null, join_link = 'https://meet.example/x' where id = '{session.Id}'");
        var ann = await PersonAsync("Ann");
        await BookAsync(ann);
        await ToldAsync("Ann: Your place is booked REQUEST 0");
        foreach (var (hour, letters) in new (string, string[])[] { ("2024-07-01 07:29", ["Ann: Tomorrow at 9:30am REQUEST 0"]), ("2024-07-01 07:30", ["Ann: How to join today at 9:30am REQUEST 0"]), ("2024-07-02 07:30", ["Ann: How to join today at 10am REQUEST 0"]), ("2024-07-02 09:30", []) })
        {
            ground.Clock.Set("2024-06-30 09:00");
            await RemindAsync();
            await room.SendAsync();
            ground.Clock.Set(hour);
            await RemindAsync();
            await ToldAsync(letters);
        }
    }

    private Task<Session> SessionAsync(int places) => CourseAsync().ContinueWith(course => ground.Given.Session(course.Result, places, "2024-07-01 09:30 to 16:00")).Unwrap();

    private Task<Course> CourseAsync() => ground.Given.Course(title: "Course");

    private Task<Person> PersonAsync(string given) => ground.Given.Person(agency, $"{given.ToLowerInvariant()}@{Guid.CreateVersion7():N}.example", given, "Doe");

    private async Task BookAsync(params Person[] people)
    {
        foreach (var person in people)
        {
            Assert.IsNotType<BookingOutcome.Refused>(await ground.With(async (BookPlace book) => await book.RunAsync(new PlaceWanted(session.Ref), await ground.Given.Actor(person))));
        }
    }

    private Task<Guid> BookingAsync(Person person) =>
        ground.Sql<Guid>($"select id from bookings where session_id = '{session.Id}' and person_id = '{person.Id}' and state in ('confirmed', 'waiting', 'offered')");

    private async Task CancelAsync(Person person) =>
        Assert.IsType<ChangeOutcome.Done>(await ground.With(async (CancelBooking verb) => await verb.RunAsync(await BookingAsync(person), await ground.Given.Actor(person))));

    private async Task AcceptAsync(Person person) =>
        Assert.IsType<ChangeOutcome.Done>(await ground.With(async (AcceptOffer verb) => await verb.RunAsync(await BookingAsync(person), await ground.Given.Actor(person))));

    private async Task CapacityAsync(int places, params Person[] go)
    {
        var ids = await Task.WhenAll(go.Select(BookingAsync));
        ground.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.IsType<DeskOutcome.Done>(await ground.With((ChangeCapacity verb) => verb.RunAsync(session.Ref, places, ids, "Another room.", unit)));
    }

    private async Task MoveAsync(string day) => Assert.IsType<DeskOutcome.Done>(await ground.With((MoveSession verb) =>
        verb.RunAsync(session.Ref, new TypedTimes([new TypedPart(day, "9:30", "16:00", null)], "in person", "Estuary Hall", null, null), null, unit)));

    private async Task CancelSessionAsync() => Assert.IsType<DeskOutcome.Done>(await ground.With((CancelSession verb) => verb.RunAsync(session.Ref, "The trainer is ill.", null, unit)));

    private Task<int> AskAsync() => ground.With((Learning.Evaluation.AskForEvaluations verb) => verb.RunAsync());

    private Task<ReminderRound> RemindAsync() => ground.With((QueueReminders verb) => verb.RunAsync());

    // What has gone out since the last time, in any order.
    private async Task ToldAsync(params string[] letters)
    {
        await room.SendAsync();
        var mails = room.Sink.Mails.Skip(told).ToList();
        told += mails.Count;
        Assert.Equal(letters.Order(StringComparer.Ordinal), mails.Select(Said).Order(StringComparer.Ordinal));
    }

    private static string Said(ReceivedMail mail)
    {
        var calendar = mail.Root.All().SingleOrDefault(part => part.Type == "text/calendar");
        var to = mail.To.Split('@')[0];
        return $"{char.ToUpperInvariant(to[0])}{to[1..]}: {mail.Subject.Split(": Course")[0]}" + (calendar is null ? "" : $" {calendar.Parameter("method")} {Sequence().Match(calendar.Content).Groups[1].Value}");
    }

    [GeneratedRegex("SEQUENCE:([0-9]+)")]
    private static partial Regex Sequence();
}
