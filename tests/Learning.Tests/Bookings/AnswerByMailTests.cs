using System.Net;
using System.Text.RegularExpressions;

using Learning.Bookings;
using Learning.Catalogue;
using Learning.Messages;
using Learning.People;
using Learning.Tests.Messages;
using Learning.Tests.Support;

using Microsoft.AspNetCore.DataProtection;

namespace Learning.Tests.Bookings;

/// <summary>B6: the links of letters about bookings, which work without signing in, do what their letter offers by a press, and nothing else.</summary>
public sealed partial class AnswerByMailTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    private PostRoom post = null!;

    private Given Given => ground.Given;

    public Task InitializeAsync()
    {
        ground.Clock.Set("2024-05-15 09:00"); // a Wednesday
        post = new PostRoom(ground);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await post.DisposeAsync();

    [Fact] // B6, S3
    public async Task An_offered_place_is_taken_from_the_mail_by_a_page_and_a_press_without_signing_in()
    {
        var (session, people, ids) = await FullAsync(places: 1, waiting: 2);
        await CancelAsync(ids[0], people[0]);
        var link = await LinkAsync(people[1], "Take the place");

        var page = await OpenAsync(link);
        Assert.Equal("A place is offered to you", Heading(page));
        Assert.Contains("It is kept for you until Thursday 16 May 2024, 9:01am", page.Text);
        Assert.Contains("For Sam.", page.Text);
        Assert.Contains("Estuary Hall", page.Text);
        Assert.DoesNotContain(people[1].FamilyName, page.Document.DocumentElement.OuterHtml);
        Assert.Contains("no-store", page.Header("Cache-Control"));
        Assert.Equal("cancelled offered waiting", await StatesAsync(session));

        var taken = await page.Submit("Take the place");
        Assert.Equal("You are booked", Heading(taken));
        Assert.Equal("You are booked", Heading(await page.Submit("Take the place")));
        Assert.Equal("You are booked", Heading(await page.Submit("No, thank you")));

        Assert.Equal("cancelled confirmed waiting", await StatesAsync(session));
        Assert.Equal(1L, await ground.Sql<long>($"""
            select count(*) from audit_entries where verb = 'accepted an offered place' and subject_id = '{ids[1]}' and actor_id = '{people[1].Id}' and details ->> 'by' = 'the link of a mail'
            """));
        Assert.Contains("by the link in the mail", await ground.Sql<string>($"select reason from booking_changes where booking_id = '{ids[1]}' order by id desc limit 1"));
        Assert.Equal(1L, await ground.Sql<long>($"select count(*) from messages where kind = 'booking-confirmed' and subject_id = '{ids[1]}'"));
    }

    [Fact] // B6
    public async Task No_thank_you_lets_the_next_in_line_have_it_and_its_own_link_puts_that_answer_first()
    {
        var (session, people, ids) = await FullAsync(places: 1, waiting: 2);
        await CancelAsync(ids[0], people[0]);

        var page = await OpenAsync(await LinkAsync(people[1], "No, thank you"));
        Assert.Equal("No, thank you", page.Document.QuerySelector("main button")!.TextContent.Trim());
        Assert.Equal("You said no to this place", Heading(await page.Submit("No, thank you")));
        Assert.Equal("You said no to this place", Heading(await page.Submit("Take the place")));

        Assert.Equal("cancelled declined offered", await StatesAsync(session));
        Assert.Equal(1L, await ground.Sql<long>($"select count(*) from audit_entries where verb = 'declined an offered place' and subject_id = '{ids[1]}' and details ->> 'by' is not null"));
    }

    [Fact] // B6
    public async Task Who_comes_too_late_reads_when_the_offer_ended_and_that_the_place_went_on()
    {
        var (session, people, ids) = await FullAsync(places: 1, waiting: 2);
        await CancelAsync(ids[0], people[0]);
        var link = await LinkAsync(people[1], "Take the place");
        var page = await OpenAsync(link);

        ground.Clock.Set("2024-05-16 09:01");
        var late = await page.Submit("Take the place");
        Assert.Contains("The offer ended at 9:01am; the place went to the next person.", late.Text);
        await ground.With((LapseOffers job) => job.RunAsync());
        Assert.Equal("The offer has ended", Heading(await page.Submit("Take the place")));
        ground.Clock.Set("2024-05-17 10:00");
        Assert.Contains("The offer ended at 9:01am on Thursday 16 May 2024; the place went to the next person.", (await OpenAsync(link)).Text);
        Assert.Equal("cancelled lapsed offered", await StatesAsync(session));
    }

    [Fact]
    public async Task I_cannot_come_stands_in_the_confirmation_and_in_the_reminder_and_asks_before_it_gives_the_place_up()
    {
        var (session, people, _) = await FullAsync(places: 2, waiting: 1);
        var first = await OpenAsync(await LinkAsync(people[0], "I can’t come"));
        Assert.Equal("Give up your place?", Heading(first));
        Assert.Contains("Declining the calendar entry, or deleting it, does not give your place up", post.Sink.Mails.Last(mail => mail.To == Address(people[0])).Text("text/plain"));
        Assert.Equal("confirmed confirmed waiting", await StatesAsync(session));
        Assert.Equal("You gave this booking up", Heading(await first.Submit("Give up my place")));
        Assert.Equal("You gave this booking up", Heading(await first.Submit("Give up my place")));
        Assert.Equal("cancelled confirmed offered", await StatesAsync(session));

        ground.Clock.Set("2024-06-02 09:00");
        await ground.With((Learning.Reminders.QueueReminders queue) => queue.RunAsync());
        var reminded = await OpenAsync(await LinkAsync(people[1], "I can’t come"));
        Assert.Equal("You gave this booking up", Heading(await reminded.Submit("Give up my place")));
    }

    [Fact]
    public async Task A_waiting_letter_lets_somebody_leave_the_list_and_does_not_decline_what_they_were_offered_meanwhile()
    {
        var (session, people, ids) = await FullAsync(places: 1, waiting: 2);
        var (first, second) = (await OpenAsync(await LinkAsync(people[1], "Leave the list")), await OpenAsync(await LinkAsync(people[2], "Leave the list")));
        Assert.Contains("You are number 2", second.Text);
        await CancelAsync(ids[0], people[0]);

        Assert.Equal("A place is offered to you", Heading(await first.Submit("Leave the waiting list")));
        Assert.Equal("You gave this booking up", Heading(await second.Submit("Leave the waiting list")));
        Assert.Equal("cancelled offered cancelled", await StatesAsync(session));
    }

    [Fact] // S1
    public async Task A_link_does_nothing_stronger_than_its_letter_offers_whatever_is_sent_to_it()
    {
        var (session, people, ids) = await FullAsync(places: 1, waiting: 1);
        await CancelAsync(ids[0], people[0]);
        var offer = await OpenAsync(await LinkAsync(people[1], "Take the place"));
        await offer.Submit("Take the place");

        // The place is theirs now: the offer's link gives it up by no word.
        foreach (var word in new[] { "give-up", "decline", "accept", "cancel", "" })
        {
            Assert.Equal("You are booked", Heading(await offer.Submit("Take the place", ("Input.Answer", word))));
        }

        Assert.Equal("cancelled confirmed", await StatesAsync(session));

        // Nor does a confirmation's link answer an offer.
        var (other, crowd, places) = await FullAsync(places: 1, waiting: 1);
        await CancelAsync(places[0], crowd[0]);
        var seal = await SealAsync(new Sealed("place", places[1]));
        foreach (var word in new[] { "give-up", "decline", "accept" })
        {
            Assert.Equal(HttpStatusCode.OK, (await OpenAsync($"/answer/{seal}")).Status);
            Assert.IsType<ChangeOutcome.Refused>(await ground.With((AnswerByMail answer) => answer.RunAsync(seal, word switch { "give-up" => MailAnswer.GiveUp, "decline" => MailAnswer.Decline, _ => MailAnswer.Accept })));
        }

        Assert.Equal("cancelled offered", await StatesAsync(other));
    }

    [Fact] // B6
    public async Task The_letter_of_an_earlier_offer_does_not_answer_a_later_one()
    {
        var (session, people, ids) = await FullAsync(places: 1, waiting: 1);
        await CancelAsync(ids[0], people[0]);
        var first = await OpenAsync(await LinkAsync(people[1], "Take the place"));
        await ground.Sql($"update bookings set offer_ends_at = offer_ends_at + interval '1 day' where id = '{ids[1]}'");

        Assert.Contains("Our newest mail has the links", (await first.Submit("No, thank you")).Text);
        Assert.Equal("cancelled offered", await StatesAsync(session));
    }

    [Fact]
    public async Task What_was_not_sealed_here_for_this_opens_nothing()
    {
        var (session, people, ids) = await FullAsync(places: 1, waiting: 1);
        await CancelAsync(ids[0], people[0]);
        var good = (await LinkAsync(people[1], "Take the place")).Split('/')[^1];
        var middle = good.Length / 2;
        var text = $"offer|{ids[1]:N}|{ground.Zone.Now.UtcTicks}";
        var elsewhere = await ground.With((IDataProtectionProvider keys) => Task.FromResult(new[]
        {
            keys.CreateProtector("Learning.Authenticator").Protect(text), keys.CreateProtector("Learning.Messages.Seals").Protect(text), keys.CreateProtector("what is shown once").ToTimeLimitedDataProtector().Protect(text),
        }));
        string[] forged =
        [
            "x", ids[1].ToString(), text, good[..^1], good + "A", good[..middle] + (good[middle] == 'A' ? 'B' : 'A') + good[(middle + 1)..], new string('A', 500), .. elsewhere,
            await SealAsync(new Sealed("offer", Guid.CreateVersion7())), await SealAsync(new Sealed("approval", ids[1])), await SealAsync(new Sealed("", ids[1])),
        ];
        Assert.All(forged, link => Assert.Equal(HttpStatusCode.NotFound, OpenAsync($"/answer/{Uri.EscapeDataString(link)}").GetAwaiter().GetResult().Status));
        Assert.All(forged, link => Assert.IsType<ChangeOutcome.NotFound>(ground.With((AnswerByMail answer) => answer.RunAsync(link, MailAnswer.Accept)).GetAwaiter().GetResult()));
        Assert.Equal("cancelled offered", await StatesAsync(session));
    }

    [Fact] // P3, P5
    public async Task Who_was_erased_has_no_link_and_whoever_was_merged_acts_as_the_one_they_are_counted_as()
    {
        var (session, people, ids) = await FullAsync(places: 3, waiting: 0);
        var (erased, merged) = (await OpenAsync(await LinkAsync(people[0], "I can’t come")), await OpenAsync(await LinkAsync(people[1], "I can’t come")));
        await ground.Sql($"update persons set erased_at = now(), given_name = '', family_name = '' where id = '{people[0].Id}'");
        await ground.Sql($"insert into person_merges (person_id, into_id, recorded_at, reason) values ('{people[1].Id}', '{people[2].Id}', '{ground.Zone.Now:O}', 'one person')");

        Assert.Equal(HttpStatusCode.NotFound, (await erased.Submit("Give up my place")).Status);
        Assert.Equal("You gave this booking up", Heading(await merged.Submit("Give up my place")));
        Assert.Equal("confirmed cancelled confirmed", await StatesAsync(session));
        Assert.Equal(people[2].Id, await ground.Sql<Guid>($"select state_by from bookings where id = '{ids[1]}'"));
    }

    [Fact] // B13
    public async Task Once_the_session_has_begun_or_is_cancelled_there_is_nothing_to_answer()
    {
        var (begun, people, _) = await FullAsync(places: 1, waiting: 0);
        var (cancelled, others, _) = await FullAsync(places: 1, waiting: 0);
        var (first, second) = (await OpenAsync(await LinkAsync(people[0], "I can’t come")), await OpenAsync(await LinkAsync(others[0], "I can’t come")));
        await ground.Sql($"update sessions set status = 'cancelled', cancelled_at = now() where id = '{cancelled.Id}'");
        Assert.Equal("This session has been cancelled", Heading(await second.Submit("Give up my place")));
        ground.Clock.Set("2024-06-03 09:30");
        Assert.Equal("This session has begun", Heading(await first.Submit("Give up my place")));
        ground.Clock.Set("2024-06-04 09:30");
        Assert.Equal("This session is over", Heading(await first.Submit("Give up my place")));
        Assert.Equal("confirmed", await StatesAsync(begun));
    }

    [Fact] // S2
    public async Task Nobody_but_its_reader_is_shown_the_secret_of_a_letter()
    {
        var (_, people, ids) = await FullAsync(places: 1, waiting: 0);
        var secret = (await LinkAsync(people[0], "I can’t come")).Split('/')[^1];
        var text = await ground.Sql<string>($"select sent_text from messages where kind = 'booking-confirmed' and subject_id = '{ids[0]}'");
        Assert.Contains("/answer/(only in the letter itself)", text);
        Assert.DoesNotContain(secret, text);
        var due = await ground.Sql<Guid>($"insert into messages (id, kind, person_id, subject_id, occurrence, why, data, due_at, next_try_at, queued_at, state) select gen_random_uuid(), kind, person_id, subject_id, 'again', why, data, now(), now(), now(), 'due' from messages where subject_id = '{ids[0]}' returning id");
        var unit = await Given.Actor(await Given.Unit());
        var seen = await post.With(async (LookAtMessage look) => await look.RunAsync(due, unit));
        var letter = Assert.IsType<Draft.Ready>(seen!.Draft).Letter;
        Assert.All(new[] { letter.Text, letter.Html }, words => Assert.Contains("/answer/(only in the letter itself)", words));
    }

    private async Task<string> SealAsync(Sealed value) => await ground.With((Seals seals) => Task.FromResult(seals.Seal(value)));

    private async Task<Page> OpenAsync(string link) => await (await ground.SiteAsync()).Visitor().Get(link);

    /// <summary>Sends what is due; the address that the words of the newest letter to somebody lead to.</summary>
    private async Task<string> LinkAsync(Person person, string words)
    {
        await post.SendAsync();
        var html = post.Sink.Mails.Last(mail => mail.To == Address(person)).Text("text/html")!;
        var link = Link().Matches(html).Single(match => match.Groups[2].Value == words).Groups[1].Value;
        Assert.StartsWith("https://learning.example/answer/", link);
        return link["https://learning.example".Length..];
    }

    private string Address(Person person)
    {
        using var db = ground.Db();
        return db.PersonEmails.Single(row => row.PersonId == person.Id && row.Main).Email;
    }

    private async Task<(Session Session, List<Person> People, List<Guid> Ids)> FullAsync(int places, int waiting)
    {
        var session = await Given.Session(capacity: places);
        var (people, ids) = (new List<Person>(), new List<Guid>());
        for (var i = 0; i < places + waiting; i++)
        {
            people.Add(await Given.Person());
            var actor = await Given.Actor(people[i]);
            ids.Add(await ground.With((BookPlace book) => book.RunAsync(new PlaceWanted(session.Ref), actor)) switch
            {
                BookingOutcome.Confirmed confirmed => confirmed.Id,
                BookingOutcome.Waiting wait => wait.Id,
                var other => throw new InvalidOperationException($"{other}"),
            });
        }

        ground.Clock.Advance(TimeSpan.FromMinutes(1));
        return (session, people, ids);
    }

    private async Task CancelAsync(Guid id, Person by)
    {
        var actor = await Given.Actor(by);
        await ground.With((CancelBooking cancel) => cancel.RunAsync(id, actor));
    }

    private static string Heading(Page page) => page.Document.QuerySelector("h1")?.TextContent.Trim() ?? $"no heading: {page.Status} {page.Text}";

    private Task<string> StatesAsync(Session session) => ground.Sql<string>($"select string_agg(state, ' ' order by booked_at, number) from bookings where session_id = '{session.Id}'");

    [GeneratedRegex("""<a href="([^"]+)">([^<]+)</a>""")]
    private static partial Regex Link();
}
