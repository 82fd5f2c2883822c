using System.Net;

using Learning.Bookings;
using Learning.Messages;
using Learning.People;
using Learning.Reminders;
using Learning.Tests.Support;

namespace Learning.Tests.Messages;

/// <summary>M4: what people may do without, how they say so, and the digests, which stop in one press.</summary>
public class MessageChoicesTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    private readonly PostRoom room = new(ground);

    public async Task InitializeAsync()
    {
        ground.Clock.Set("2024-05-15 10:00");
        await ground.Sql("update messages set state = 'dropped', settled_at = now() where state = 'due'; update sessions set status = 'cancelled', cancelled_at = now() where status = 'planned'; update role_grants set revoked_at = now() where revoked_at is null");
    }

    public async Task DisposeAsync() => await room.DisposeAsync();

    [Fact] // M3, M4
    public async Task Who_does_without_a_reminder_gets_none_and_the_row_says_why_and_what_is_about_the_place_still_comes()
    {
        var person = await ground.Given.Person();
        var session = await ground.Given.Session(null, 20, "2024-06-03 09:30 to 16:00");
        var visitor = await (await ground.SiteAsync()).SignedInAsync(person.Id);
        var page = await visitor.Get("/account/messages");
        Assert.DoesNotContain("Your agency’s week", page.Text);
        Assert.Contains("Saved", (await page.Submit("Save", ("Input.Wanted", "reminder-day"))).Text);
        Assert.Single((await visitor.Get("/account/messages")).Document.QuerySelectorAll("input[type=checkbox][checked]"));

        await ground.With(async (BookPlace book) => await book.RunAsync(new PlaceWanted(session.Ref), await ground.Given.Actor(person)));
        foreach (var hour in new[] { "2024-05-27 09:00", "2024-06-02 09:00" })
        {
            ground.Clock.Set(hour);
            await ground.With((QueueReminders queue) => queue.RunAsync());
            await room.SendAsync();
        }

        Assert.Equal(["Your place is booked", "Tomorrow at 9"], room.Sink.Mails.Select(mail => mail.Subject.Split(':')[0]));
        Assert.Equal("they have chosen to do without such letters", await ground.Sql<string>($"select outcome from messages where person_id = '{person.Id}' and kind = 'session-reminder-7'"));
    }

    [Fact] // M4
    public async Task A_digest_stops_in_one_press_of_the_mail_program_and_no_other_letter_can_be_stopped_so()
    {
        var (lead, agency) = await LeadAsync();
        await WeekAsync();
        var mail = Assert.Single(room.Sink.Mails);
        Assert.StartsWith($"Your agency's week: {agency.Name}", mail.Subject);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Header("List-Unsubscribe-Post"));
        var path = new Uri(mail.Header("List-Unsubscribe")!.Trim('<', '>')).AbsolutePath;
        Assert.Contains(path, mail.Text("text/plain"), StringComparison.Ordinal);
        Assert.DoesNotContain(path[^40..], await ground.Sql<string>($"select sent_text from messages where person_id = '{lead.Id}'"), StringComparison.Ordinal);

        // A scanner that follows the link changes nothing; nor does a link of another kind.
        var site = await ground.SiteAsync();
        var visitor = site.Visitor();
        Assert.Contains("Stop these letters?", (await visitor.Get(path)).Text);
        Assert.False(await ground.Sql<bool>($"select exists (select from message_choices where person_id = '{lead.Id}')"));
        var other = await ground.With((Seals seals) => Task.FromResult(seals.Seal(new Sealed("stops reminder-week", lead.Id))));
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Http.PostAsync($"/unsubscribe/{other}", null)).StatusCode);

        // RFC 8058, 3.2: the mail program's server posts this, without a cookie.
        var answer = await visitor.Http.PostAsync(path, new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await visitor.Http.PostAsync(path, new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]));
        Assert.Equal(1L, await ground.Sql<long>($"select count(*) from audit_entries where verb = 'stopped a digest by its link' and actor_id = '{lead.Id}'"));

        ground.Clock.Advance(TimeSpan.FromDays(7));
        await WeekAsync();
        Assert.Single(room.Sink.Mails);

        // And by a person's own press on the page.
        var (second, _) = await LeadAsync();
        ground.Clock.Advance(TimeSpan.FromDays(7));
        await WeekAsync();
        var link = new Uri(room.Sink.Mails[^1].Header("List-Unsubscribe")!.Trim('<', '>')).AbsolutePath;
        Assert.Contains("You get no more of", (await (await visitor.Get(link)).Submit("Stop them")).Text);
        Assert.True(await ground.Sql<bool>($"select not wanted from message_choices where person_id = '{second.Id}'"));
    }

    [Fact] // M2, M4, T1
    public async Task The_week_comes_once_on_Monday_at_8_and_until_Wednesday_where_the_program_was_off()
    {
        var (lead, _) = await LeadAsync();
        foreach (var (hour, queued) in new[] { ("2024-05-20 07:59", 0), ("2024-05-20 08:00", 1), ("2024-05-20 09:00", 0), ("2024-05-24 08:00", 0), ("2024-05-29 20:00", 1), ("2024-06-06 08:00", 0), ("2024-10-28 08:30", 1) })
        {
            ground.Clock.Set(hour);
            await ground.With((QueueDigests queue) => queue.RunAsync());
            Assert.Equal(queued, await ground.Sql<long>($"select count(*) from messages where person_id = '{lead.Id}' and queued_at = '{ground.Zone.Now:O}'"));
        }
    }

    [Fact] // M3, M4, S2
    public async Task A_digest_is_not_for_who_is_no_lead_any_more_nor_sent_where_there_is_nothing_to_say()
    {
        var (gone, _) = await LeadAsync();
        var bored = await ground.Given.Person();
        await ground.Given.Role(bored, Role.AgencyLead, await ground.Given.Agency());
        ground.Clock.Set("2024-05-20 08:00");
        await ground.With((QueueDigests queue) => queue.RunAsync());
        await ground.Sql($"update role_grants set revoked_at = now() where person_id = '{gone.Id}'");

        await room.SendAsync();

        Assert.Empty(room.Sink.Mails);
        Assert.Equal("they lead no agency any more", await OutcomeAsync(gone));
        Assert.Equal("there is nothing to say this week", await OutcomeAsync(bored));
    }

    [Fact] // M4
    public async Task The_business_unit_hears_on_working_days_what_waits_and_the_subgroup_after_the_quarter_how_it_went()
    {
        var (unit, member) = (await ground.Given.Unit(), await ground.Given.Person());
        await ground.Given.Role(member, Role.SubgroupMember);
        var session = await ground.Given.Session(null, 20, "2024-04-08 09:30 to 16:00");
        await ground.Given.Booking(session, await ground.Given.Person());
        ground.Clock.Set("2024-07-06 08:00"); // a Saturday
        await DigestAsync();
        ground.Clock.Set("2024-07-01 09:00");
        await DigestAsync();
        ground.Clock.Set("2024-07-02 09:00");
        await DigestAsync();

        var queue = room.Sink.Mails.Where(mail => mail.Subject.StartsWith("What waits", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, queue.Count);
        Assert.Contains("Register not signed", queue[0].Text("text/plain"));
        var quarter = Assert.Single(room.Sink.Mails, mail => mail.Subject.StartsWith("The quarter", StringComparison.Ordinal));
        Assert.Equal("The quarter in figures: April to June 2024", quarter.Subject);
        Assert.Contains("- Sessions held: ", quarter.Text("text/plain"));
        Assert.NotEqual(unit.Id, member.Id);
    }

    [Fact] // M3, M4, T1
    public async Task E_learning_that_lies_is_mentioned_after_14_days_unless_they_went_on()
    {
        var (course, idle, on) = (await ground.Given.Course(Learning.Catalogue.CourseKind.ELearning), await ground.Given.Person(), await ground.Given.Person());
        await ground.Sql($"insert into course_versions (course_id, digest, texts, first_used_at) values ('{course.Id}', repeat('a', 64), jsonb_build_object(), now())");
        foreach (var person in new[] { idle, on })
        {
            await ground.Sql($"insert into learning_attempts (id, course_id, person_id, version, started_at, last_seen_at, last_page) values (gen_random_uuid(), '{course.Id}', '{person.Id}', repeat('a', 64), '2024-05-10', '2024-05-14 22:30Z', 'one')");
        }

        ground.Clock.Set("2024-05-28 12:00");
        await ground.With((QueueReminders queue) => queue.RunAsync());
        await ground.Sql($"update learning_attempts set last_seen_at = '2024-05-28 12:00Z' where person_id = '{on.Id}'");
        ground.Clock.Set("2024-05-28 22:30");
        await ground.With((QueueReminders queue) => queue.RunAsync());
        await room.SendAsync();
        Assert.Single(room.Sink.Mails);
        Assert.Contains("last opened it on Tuesday 14 May 2024", room.Sink.Mails[0].Text("text/plain"));
        Assert.Equal("they have gone on with it", await OutcomeAsync(on));
    }

    [Fact] // M3, M4, A7, B8
    public async Task Training_that_runs_out_is_mentioned_90_30_and_7_days_before_unless_it_is_renewed()
    {
        var course = await ground.Given.Course();
        await ground.Sql($"update courses set validity_months = 12 where id = '{course.Id}'");
        var (person, renews) = (await ground.Given.Person(), await ground.Given.Person());
        foreach (var one in new[] { person, renews })
        {
            await ground.Sql($"insert into completions (id, course_id, person_id, completed_on, recorded_at) values (gen_random_uuid(), '{course.Id}', '{one.Id}', '2023-08-31', now())");
        }

        var days = new List<string>();
        for (var day = new DateTime(2024, 5, 28); day < new DateTime(2024, 9, 3); day = day.AddDays(1))
        {
            ground.Clock.Set($"{day:yyyy-MM-dd} 09:00");
            if (day == new DateTime(2024, 7, 15))
            {
                await ground.Sql($"insert into completions (id, course_id, person_id, completed_on, recorded_at) values (gen_random_uuid(), '{course.Id}', '{renews.Id}', '2024-07-15', now())");
            }

            await ground.With((QueueReminders queue) => queue.RunAsync());
            await room.SendAsync();
            days.AddRange(room.Sink.Mails.Skip(days.Count).Select(mail => $"{day:MM-dd} {mail.Subject.Split(':')[0]}"));
        }

        Assert.Equal(
            ["06-02 Your training runs out in 90 days", "06-02 Your training runs out in 90 days", "08-01 Your training runs out in 30 days", "08-24 Your training runs out in 7 days"], days);
    }

    [Fact] // S1
    public async Task An_answer_goes_to_who_organises_the_course_and_else_to_the_business_unit()
    {
        var owner = await ground.Given.Agency();
        var (course, organiser) = (await ground.Given.Course(owner: owner), await ground.Given.Person(owner, "olga@owner.example", "Olga", "Órban"));
        await ground.Given.Save(new Learning.Catalogue.CourseOrganiser { CourseId = course.Id, PersonId = organiser.Id });
        foreach (var session in new[] { await ground.Given.Session(course), await ground.Given.Session() })
        {
            await ground.With(async (BookPlace book) => await book.RunAsync(new PlaceWanted(session.Ref), await ground.Given.Actor(await ground.Given.Person(await ground.Given.Agency()))));
        }

        await room.SendAsync();

        Assert.Contains(room.Sink.Mails, mail => MailPart.Words(mail.Header("Reply-To") ?? "").Contains("Olga Órban", StringComparison.Ordinal) && mail.Header("Reply-To")!.Contains("<olga@owner.example>", StringComparison.Ordinal));
        Assert.Single(room.Sink.Mails, mail => mail.Header("Reply-To") is null);
    }

    private async Task<(Person Lead, Agency Agency)> LeadAsync()
    {
        var (lead, agency) = (await ground.Given.Person(), await ground.Given.Agency());
        await ground.Given.Role(lead, Role.AgencyLead, agency);
        foreach (var day in new[] { "2024-05-22", "2024-05-30", "2024-06-05", "2024-06-12", "2024-11-01" })
        {
            await ground.Given.Booking(await ground.Given.Session(null, 20, $"{day} 09:30 to 16:00"), await ground.Given.Person(agency));
        }

        return (lead, agency);
    }

    // The Monday of the clock's week.
    private async Task WeekAsync()
    {
        var monday = ground.Zone.Today.AddDays(ground.Zone.Today.DayOfWeek == DayOfWeek.Monday ? 0 : 8 - (int)ground.Zone.Today.DayOfWeek);
        ground.Clock.Set($"{monday:yyyy-MM-dd} 08:00");
        await DigestAsync();
    }

    private async Task DigestAsync()
    {
        await ground.With((QueueDigests queue) => queue.RunAsync());
        await room.SendAsync();
    }

    private Task<string> OutcomeAsync(Person person) => ground.Sql<string>($"select outcome from messages where person_id = '{person.Id}' order by due_at desc limit 1");
}
